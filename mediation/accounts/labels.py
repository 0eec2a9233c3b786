"""Every word shown for the enums of accounts."""

from mediation.accounts.rules import PasswordFault, SessionEnd, SignInFault
from mediation.kernel.actor import Role
from mediation.kernel.i18n import _l

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

PASSWORD_REUSED = _l("This password was used before. Choose another one.")
ROLES_CONFLICT = _l("An administrator holds no other role, and no account holds two administrator roles.")
