"""The one allow-table: endpoint -> who may call it. What it does not name is refused.

Reading and acting on a particular record is decided again in the services: out of scope is 404, not permitted is 403.
"""

from mediation.kernel.actor import ADMINS, CASEWORK, COURT, JUDGES, REGISTRY, Role

ANYONE: frozenset[Role] = frozenset()
EVERYONE = frozenset(Role)
CLERK, TRIAGE, PRESIDENT = Role.CLERK, Role.TRIAGE, Role.PRESIDENT
MEDIATOR, ORGANISATION = Role.MEDIATOR, Role.ORGANISATION
MEDIATION = frozenset({MEDIATOR, ORGANISATION})

# What a person may reach before choosing a password of their own.
BEFORE_PASSWORD = frozenset({"accounts.password", "accounts.sign_out", "static", "accounts.preferences"})

TABLE: dict[str, frozenset[Role]] = {
    "static": ANYONE,
    "web.healthz": ANYONE,
    "web.readyz": ANYONE,
    "web.home": EVERYONE,
    "web.search": CASEWORK,
    # accounts
    "accounts.sign_in": ANYONE,
    "accounts.sign_out": EVERYONE,
    "accounts.password": EVERYONE,
    "accounts.preferences": ANYONE,
    "accounts.users": frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}),
    "accounts.new_user": frozenset({Role.SYSTEM_ADMIN}),
    "accounts.user": frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}),
    "accounts.end_sessions": frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}),
    "accounts.reset_password": frozenset({Role.SYSTEM_ADMIN}),
    "accounts.set_roles": frozenset({Role.SECURITY_ADMIN}),
    "accounts.disable": frozenset({Role.SYSTEM_ADMIN}),
    "accounts.enable": frozenset({Role.SYSTEM_ADMIN}),
    "accounts.unlock": frozenset({Role.SECURITY_ADMIN}),
    "accounts.trail": frozenset({Role.AUDIT_ADMIN}),
    # documents
    "documents.download": CASEWORK,
    "documents.retry": REGISTRY,
    "documents.verify": ANYONE,
    # periods
    "periods.deadline": CASEWORK,
    "periods.deadline_data": CASEWORK,
    # notices
    "notices.outbox": REGISTRY,
    "notices.deliver": REGISTRY,
    "notices.inbox": CASEWORK,
    "notices.read": CASEWORK,
    # roster
    "roster.index": COURT,
    "roster.mediator": COURT,
    "roster.organisation": COURT,
    "roster.standing": frozenset({PRESIDENT}),
    # disputes
    # scheduling
    # litigation
    # intake
    "intake.screen": REGISTRY,
    "intake.ask_correction": REGISTRY,
    "intake.receive_correction": REGISTRY,
    "intake.return_": REGISTRY,
    "intake.guide": REGISTRY,
    "intake.consents": REGISTRY | MEDIATION,
    "intake.withdraw_consent": REGISTRY | MEDIATION,
    "intake.file": REGISTRY,
    # assignment
    # agreements
    # confirmation
    # statistics
    # public
}

__all__ = ["ADMINS", "ANYONE", "BEFORE_PASSWORD", "COURT", "EVERYONE", "JUDGES", "REGISTRY", "TABLE"]
