"""The one blueprint on which the pages of this capability hang."""

from flask import Blueprint

bp = Blueprint("reminders", __name__)
