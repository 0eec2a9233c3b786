"""The blueprint of the notices: its pages stand in two modules."""

from flask import Blueprint

bp = Blueprint("notices", __name__)
