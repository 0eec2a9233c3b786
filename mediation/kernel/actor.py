"""Who acts, as a value: rules and services never see the request."""

import enum
from dataclasses import dataclass, field


class Role(enum.StrEnum):
    """The roles of a court's installation (DOMAIN 2.1); one account may hold several, except the three administrators."""

    CLERK = "clerk"
    TRIAGE = "triage"
    GUIDING_JUDGE = "guiding_judge"
    FAST_TRACK_JUDGE = "fast_track_judge"
    CONFIRMATION_JUDGE = "confirmation_judge"
    PRESIDENT = "president"
    MEDIATOR = "mediator"
    ORGANISATION = "organisation"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"


JUDGES = frozenset({Role.GUIDING_JUDGE, Role.FAST_TRACK_JUDGE, Role.CONFIRMATION_JUDGE})
# Who may try a case; the confirmation judge rules on agreements only.
TRIAL = frozenset({Role.GUIDING_JUDGE, Role.FAST_TRACK_JUDGE})
REGISTRY = frozenset({Role.CLERK, Role.TRIAGE})
COURT = REGISTRY | JUDGES | {Role.PRESIDENT}
ADMINS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
CASEWORK = COURT | {Role.MEDIATOR, Role.ORGANISATION}


@dataclass(frozen=True)
class Actor:
    """One signed-in person, or the system itself (id 0) when the daily run acts."""

    id: int
    court_id: int
    roles: frozenset[Role] = field(default_factory=frozenset)
    name: str = ""
    mediator_id: int | None = None
    organisation_id: int | None = None

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds at least one of these roles."""
        return not self.roles.isdisjoint(roles)


def system(court_id: int) -> Actor:
    """The system acting by itself: daily run, installation, import."""
    return Actor(0, court_id, frozenset(), "system")
