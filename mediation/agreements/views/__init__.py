"""The mediator's screens: sessions, agreements, signing, performance and failure."""

from mediation.agreements.views import agreement, clauses, court, ending, meeting, taking_over, turns
from mediation.agreements.views.contribution import contribute
from mediation.agreements.views.shared import bp

__all__ = [
    "agreement",
    "bp",
    "clauses",
    "contribute",
    "court",
    "ending",
    "meeting",
    "taking_over",
    "turns",
]
