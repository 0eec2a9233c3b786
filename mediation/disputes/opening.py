"""Opening a dispute for a page: about the dispute itself, or about a record that hangs on it."""

from flask import abort

from mediation.disputes import services
from mediation.disputes.models import Dispute
from mediation.web.auth import actor
from mediation.web.templating import registry


def opened(dispute_id: int) -> Dispute:
    """The dispute with all that the tables know of it, read at once; to strangers it does not exist."""
    return services.open_file(actor(), dispute_id, registry().dossier) or abort(404)
