"""Word to mediators, their organisations and the court about a place on the list, in each reader's own language."""

from collections.abc import Sequence

from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.kernel.i18n import _l
from mediation.roster.models import Mediator, Organisation

CERTIFICATE_SOON = _l(
    "The certificate of %(name)s ends on %(day)s. Without a renewal no dispute can be given after it."
)
CERTIFICATE_OUT = _l(
    "The certificate of %(name)s ended on %(day)s; no dispute can be given any more. What is open stays until it is "
    "handed over."
)
AGREEMENT_SOON = _l(
    "The agreement of the court with %(name)s ends on %(day)s. Renew it, or settle who takes over what is open."
)


def accounts_of(mediator: Mediator) -> Sequence[User]:
    """The open accounts of a mediator."""
    return accounts.open_accounts(User.mediator_id == mediator.id)


def accounts_for(organisation: Organisation) -> Sequence[User]:
    """The open accounts of those who act for an organisation."""
    return accounts.open_accounts(User.organisation_id == organisation.id, User.mediator_id.is_(None))
