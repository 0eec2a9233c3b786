"""The blueprint that the views of documents share."""

from flask import Blueprint

bp = Blueprint("documents", __name__)
