"""Every word shown for the enums of accounts."""

from typing import Any

from mediation.accounts.rules import AccountState, LoginFault, PasswordFault, SessionEnd, SignInFault
from mediation.kernel.actor import Role
from mediation.kernel.i18n import _, _l

ROLE = {
    Role.CLERK: _l("Intake clerk"),
    Role.TRIAGE: _l("Triage officer"),
    Role.GUIDING_JUDGE: _l("Guiding judge"),
    Role.FAST_TRACK_JUDGE: _l("Fast-track judge"),
    Role.CONFIRMATION_JUDGE: _l("Confirmation judge"),
    Role.PRESIDENT: _l("President"),
    Role.MEDIATOR: _l("Mediator"),
    Role.ORGANISATION: _l("Mediation organisation"),
    Role.SYSTEM_ADMIN: _l("System administrator"),
    Role.SECURITY_ADMIN: _l("Security administrator"),
    Role.AUDIT_ADMIN: _l("Audit administrator"),
}

PASSWORD_FAULT = {
    PasswordFault.TOO_SHORT: _l("At least 12 characters."),
    PasswordFault.TOO_LONG: _l("At most 128 characters."),
    PasswordFault.TOO_PLAIN: _l("Use three of: small letters, capital letters, digits, other signs."),
    PasswordFault.COMMON: _l("This password is widely known."),
    PasswordFault.CONTAINS_NAME: _l("The password may not contain the sign-in name."),
}

LOGIN_FAULT = {
    LoginFault.SHAPE: _l("3 to 32 small Latin letters, digits, full stop, hyphen or underscore; a letter first."),
}

ACCOUNT_STATE = {
    AccountState.OPEN: _l("In use"),
    AccountState.CLOSED: _l("Account closed"),
    AccountState.EXPIRED: _l("Past its last day"),
}
STATE_TONE = {AccountState.OPEN: "done", AccountState.CLOSED: "neutral", AccountState.EXPIRED: "soon"}

SIGN_IN_FAULT = {
    SignInFault.WRONG: _l("Name and password do not belong together."),
    SignInFault.WAIT: _l("Too many attempts. Wait a few minutes, then try again."),
    SignInFault.DISABLED: _l("This account has been closed. Ask the system administrator."),
}

SESSION_END = {
    SessionEnd.SIGNED_OUT: _l("You have signed out."),
    SessionEnd.IDLE: _l("You were signed out because nothing happened for a while."),
    SessionEnd.TOO_LONG: _l("You were signed out because the working day's session ended."),
    SessionEnd.ELSEWHERE: _l("You were signed out because somebody signed in with this account elsewhere."),
    SessionEnd.CHANGED: _l("You were signed out because the account was changed."),
}

# Why a session ended, told of somebody rather than to them.
ENDED = {
    SessionEnd.SIGNED_OUT: _l("Signed out"),
    SessionEnd.IDLE: _l("Nothing happened for a while"),
    SessionEnd.TOO_LONG: _l("The working day's session ended"),
    SessionEnd.ELSEWHERE: _l("Signed in elsewhere"),
    SessionEnd.CHANGED: _l("Ended by the holder or an administrator"),
}

PASSWORD_REUSED = _l("This password was used before. Choose another one.")
ROLES_CONFLICT = _l("An administrator holds no other role, and no account holds two administrator roles.")
WRONG_PASSWORD = _l("The password is wrong.")
LOGIN_TAKEN = _l("This sign-in name is already in use.")
LAST_ADMINISTRATOR = _l("No other open account holds this administrator role. Give it to somebody else first.")
NOT_OWN_ACCOUNT = _l("This is your own account. Another administrator has to do this.")
NOT_FROM_HERE = _l(
    "The password of an administrator is not renewed from here: it is done on the machine itself, by the command "
    "“user password”."
)
NO_MEDIATOR = _l("The account belongs to no mediator of the list. The system administrator enters that first.")
NO_ORGANISATION = _l("The account belongs to no organisation of the list. The system administrator enters that first.")
DAY_PAST = _l("The last day may not lie in the past.")
STALE = _l("Somebody else changed this account since you opened the page. Open it again.")


def mediator_has_account(login: str) -> str:
    """This mediator has an account already."""
    return _("This mediator already has the account %(login)s.", login=login)


def _reason(facts: dict[str, Any]) -> str:
    return facts.get("reason") or _("no reason was recorded")


def _roles(values: list[str]) -> str:
    return _(", ").join(str(ROLE[Role(value)]) for value in values) or _("none")


def _roles_changed(facts: dict[str, Any]) -> str:
    return _(
        "Roles changed from %(before)s to %(after)s. Reason: %(reason)s",
        before=_roles(facts["before"]), after=_roles(facts["after"]), reason=_reason(facts),
    )  # fmt: skip


def _closed(facts: dict[str, Any]) -> str:
    return _("An account was closed. Reason: %(reason)s", reason=_reason(facts))


def _reopened(facts: dict[str, Any]) -> str:
    return _("A closed account was opened again. Reason: %(reason)s", reason=_reason(facts))


def _not_signed_in(facts: dict[str, Any]) -> str:
    return _("An attempt to sign in failed. %(why)s", why=SIGN_IN_FAULT[SignInFault(facts["fault"])])


def _denied(facts: dict[str, Any]) -> str:
    return _("An attempt without permission at %(path)s was refused.", path=facts.get("path", ""))


EVENTS = {
    "user.create": _l("An account was opened"),
    "user.edit": _l("An account was corrected"),
    "user.disable": _closed,
    "user.enable": _reopened,
    "user.set_roles": _roles_changed,
    "user.set_password": _l("A password was set"),
    "user.end_sessions": _l("An administrator ended all sessions of an account"),
    "user.end_others": _l("Somebody ended the own sessions elsewhere"),
    "user.unlock": _l("The wait after wrong passwords was lifted"),
    "user.prefer": _l("Language or type size was chosen"),
    "user.sign_in": _l("Somebody signed in"),
    "user.sign_in_failed": _not_signed_in,
    "user.sign_out": _l("Somebody signed out"),
    "user.reauthenticate": _l("The password was entered again before a binding act"),
    "user.reauthentication_failed": _l("A wrong password was entered before a binding act"),
    "access.denied": _denied,
    "court.create": _l("The court was installed"),
    "court.take_over": _l("A day of the register of earlier years was taken over"),
}
