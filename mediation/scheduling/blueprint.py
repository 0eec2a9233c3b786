"""The one blueprint of scheduling; its pages are in several files."""

from flask import Blueprint

bp = Blueprint("scheduling", __name__)
