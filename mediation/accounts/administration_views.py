"""The pages of the system and the security administrator: accounts, roles, sessions, waits."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.accounts import administration, labels, rules, services
from mediation.accounts.administration import AccountData
from mediation.accounts.blueprint import bp
from mediation.accounts.forms import AccountForm, NewAccountForm, RolesForm, StandingForm
from mediation.accounts.models import User
from mediation.accounts.rules import AccountState
from mediation.kernel import clock, keys
from mediation.kernel.actor import ADMINS, Actor, Role
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.kernel.i18n import _, _l
from mediation.web import lists
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice
from mediation.web.registry import Hit, Holder, NavItem, Registry
from mediation.web.templating import registry

KEEPERS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})
COURT_STAFF = ""


def contribute(shared: Registry) -> None:
    """The administrators' place and home, the search for accounts, the words of the trail."""
    shared.nav += [
        NavItem(_l("Accounts"), "accounts.accounts", KEEPERS, icon="people", rank=10),
        NavItem(_l("Open an account"), "accounts.new", frozenset({Role.SYSTEM_ADMIN}), icon="plus", rank=20),
        NavItem(_l("My password"), "accounts.password", ADMINS, icon="key", rank=90),
        NavItem(_l("My sessions"), "accounts.sessions", ADMINS, icon="shield", rank=95, seldom=True),
    ]
    shared.homes += [(role, "accounts.accounts") for role in sorted(KEEPERS)]
    shared.searches.append(_hits)
    shared.events.update(labels.EVENTS)


def _hits(who: Actor, query: str) -> list[Hit]:
    if not rules.may_list(who):
        return []
    found = administration.find(who, query)
    return [Hit(user.name, url_for("accounts.account", user_id=user.id), user.login) for user in found]


def _account(user_id: int) -> User:
    return administration.get(actor(), user_id) or abort(404)


# ---- the list -----------------------------------------------------------------------------------------------------


def _asked_role() -> Role | None:
    value = request.args.get("role", "")
    return Role(value) if value in set(Role) else None


def _asked_state() -> AccountState | None:
    value = request.args.get("state", "")
    return AccountState(value) if value in set(AccountState) else None


@bp.get("/accounts")
def accounts() -> ResponseReturnValue:
    who, role, state = actor(), _asked_role(), _asked_state()
    name, without_role = request.args.get("name", "").strip()[:50], request.args.get("without_role") == "1"
    waiting, only_waiting = administration.waiting(who), request.args.get("waiting") == "1"
    wanted = administration.listed(
        who, name=name, role=role, state=state, without_role=without_role, only=waiting if only_waiting else None
    )
    page = lists.page(wanted)
    counts = administration.counts(who)
    return render_template(
        "accounts/accounts.html",
        page=page,
        seen=administration.seen_last(page.rows),
        waiting=waiting,
        chips=_chips(counts, len(waiting), state, chosen_role=role, chosen=(without_role, only_waiting)),
        role=role,
        state=state,
        name=name,
        roles=list(Role),
        today=clock.today(),
        may_keep=rules.may_keep(who),
        account_state=rules.state,
        labels=labels,
    )


def _chips(
    counts: administration.Counts,
    waiting: int,
    state: AccountState | None,
    *,
    chosen_role: Role | None,
    chosen: tuple[bool, bool],
) -> list[dict[str, Any]]:
    role = chosen_role.value if chosen_role else None
    without_role, only_waiting = chosen
    nothing = state is None and not any(chosen)
    states = {AccountState.OPEN: counts.open, AccountState.CLOSED: None, AccountState.EXPIRED: None}
    return [
        {"label": _("All accounts"), "url": url_for(".accounts", role=role), "active": nothing},
        {
            "label": _("Without a role"),
            "url": url_for(".accounts", without_role=1),
            "active": without_role,
            "count": counts.without_role,
        },
        {
            "label": _("Waits after wrong passwords"),
            "url": url_for(".accounts", waiting=1),
            "active": only_waiting,
            "count": waiting,
        },
        *(
            {
                "label": labels.ACCOUNT_STATE[one],
                "url": url_for(".accounts", state=one.value, role=role),
                "active": one is state,
                "count": count,
            }
            for one, count in states.items()
        ),
    ]


# ---- one account --------------------------------------------------------------------------------------------------


@bp.get("/accounts/<int:user_id>")
def account(user_id: int) -> ResponseReturnValue:
    return _page(_account(user_id))


def _page(found: User, form: StandingForm | None = None) -> ResponseReturnValue:
    who = actor()
    sessions = services.sessions_of(found.id, limit=10)
    context = {
        "user": found,
        "holder": _holder_of(found),
        "state": rules.state(found, clock.today()),
        "sessions": sessions,
        "signed_in": any(session.ended_at is None for session in sessions),
        "waits": administration.waits(found),
        "open_work": _open_work(found),
        "may": {
            "administer": rules.may_administer(who, found),
            "close": rules.may_close(who, found),
            "reset": rules.may_reset(who, found),
            "secure": rules.may_secure(who, found),
            "end_sessions": rules.may_end_sessions(who, found) and found.id != who.id,
        },
        "own": found.id == who.id,
        "form": form or StandingForm(formdata=None),
        "labels": labels,
    }
    return render_template("accounts/account.html", **context), 422 if form is not None else 200


def _open_work(found: User) -> list[str]:
    rows = (ask(found.id, found.mediator_id, found.organisation_id) for ask in registry().open_work)
    return [number for numbers in rows for number in numbers]


def _holders(who: Actor) -> dict[str, Holder]:
    """Everybody on the court's lists to whom an account can belong, by the value of the form's choice."""
    return {f"{kind}:{one.id}": one for kind, ask in registry().holders.items() for one in ask(who)}


def _holder_value(found: User) -> str:
    if found.mediator_id is not None:
        return f"mediator:{found.mediator_id}"
    return f"organisation:{found.organisation_id}" if found.organisation_id is not None else COURT_STAFF


def _holder_of(found: User) -> str:
    holder = _holders(actor()).get(_holder_value(found))
    return holder.name if holder else ""


def _offer_holders(form: AccountForm, holders: dict[str, Holder], present: str = COURT_STAFF) -> None:
    words = {"mediator": _("Mediator"), "organisation": _("Mediation organisation")}
    form.holder.choices = [SelectChoice(COURT_STAFF, _("The court's own staff"))]
    form.holder.choices += [
        SelectChoice(value, f"{words[value.split(':')[0]]} {one.name}") for value, one in holders.items()
    ]
    if present not in {COURT_STAFF, *holders}:
        form.holder.choices.append(SelectChoice(present, _("As before; no longer on the active list")))


def _data(form: AccountForm, holders: dict[str, Holder], found: User | None = None) -> AccountData:
    kind, _colon, number = (form.holder.data or "").partition(":")
    holder = holders.get(form.holder.data or "")
    key = keys.keyed_hash("id", form.id_no.data) if form.id_no.data else (found.person_key if found else "")
    return AccountData(
        name=form.name.data or "",
        expires_on=form.expires_on.data,
        person_key=holder.key if holder and holder.key else key,
        mediator_id=int(number) if kind == "mediator" else None,
        organisation_id=int(number) if kind == "organisation" else None,
    )


@bp.route("/accounts/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    form, holders = NewAccountForm(), _holders(actor())
    _offer_holders(form, holders)
    if form.submitted():
        try:
            user, password = administration.open_account(
                actor(), login=form.login.data or "", data=_data(form, holders)
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            return render_template("accounts/first_password.html", user=user, password=password, fresh=True)
    return render_template("accounts/new.html", form=form), 422 if form.errors else 200


@bp.route("/accounts/<int:user_id>/edit", methods=["GET", "POST"])
def edit(user_id: int) -> ResponseReturnValue:
    found = _account(user_id)
    if not rules.may_administer(actor(), found):
        raise NotPermitted("edit")
    form = AccountForm(
        data={"name": found.name, "expires_on": found.expires_on, "version": found.version,
              "holder": _holder_value(found)}
    )  # fmt: skip
    holders = _holders(actor())
    _offer_holders(form, holders, _holder_value(found))
    if form.submitted():
        try:
            administration.edit(actor(), found, _data(form, holders, found), version=form.version.data or 0)
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The account was corrected."))
            return redirect(url_for(".account", user_id=found.id))
    return render_template("accounts/edit.html", form=form, user=found), 422 if form.errors else 200


def _standing(user_id: int, act: Any, done: str) -> ResponseReturnValue:
    found, form = _account(user_id), StandingForm()
    if form.submitted():
        try:
            act(actor(), found, reason=form.reason.data or "")
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(done)
            return redirect(url_for(".account", user_id=found.id))
    return _page(found, form)


@bp.post("/accounts/<int:user_id>/close")
def close(user_id: int) -> ResponseReturnValue:
    return _standing(user_id, administration.close, _("The account is closed; nobody is signed in with it any more."))


@bp.post("/accounts/<int:user_id>/reopen")
def reopen(user_id: int) -> ResponseReturnValue:
    return _standing(user_id, administration.reopen, _("The account is open again."))


@bp.post("/accounts/<int:user_id>/reset-password")
def reset_password(user_id: int) -> ResponseReturnValue:
    found = _account(user_id)
    password = administration.reset_password(actor(), found)
    return render_template("accounts/first_password.html", user=found, password=password, fresh=False)


@bp.post("/accounts/<int:user_id>/end-sessions")
def end_sessions(user_id: int) -> ResponseReturnValue:
    found = _account(user_id)
    administration.end_sessions(actor(), found)
    flash(_("All sessions of this account have ended."))
    return redirect(url_for(".account", user_id=found.id))


@bp.post("/accounts/<int:user_id>/unlock")
def unlock(user_id: int) -> ResponseReturnValue:
    found = _account(user_id)
    administration.unlock(actor(), found)
    flash(_("The person may try to sign in again at once."))
    return redirect(url_for(".account", user_id=found.id))


@bp.route("/accounts/<int:user_id>/roles", methods=["GET", "POST"])
def roles(user_id: int) -> ResponseReturnValue:
    """Who gives roles says why, and enters the password again (SECURITY 3.2)."""
    found = _account(user_id)
    if not rules.may_secure(actor(), found):
        raise NotPermitted("set_roles")
    form = RolesForm(data={"roles": sorted(found.roles), "version": found.version})
    if form.submitted():
        try:
            services.reauthenticate(actor(), form.password.data or "", purpose=f"accounts.roles/{found.id}")
            administration.set_roles(
                actor(), found, [Role(r) for r in form.roles.data or []], reason=form.reason.data or "",
                version=form.version.data or 0,
            )  # fmt: skip
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The roles are recorded. They count from the next sign-in."))
            return redirect(url_for(".account", user_id=found.id))
    page = render_template("accounts/roles.html", form=form, user=found, holder=_holder_of(found), labels=labels)
    return page, 422 if form.errors else 200
