"""The one blueprint on which the pages of this capability hang."""

from flask import Blueprint

bp = Blueprint("public", __name__)
