"""Signing in and out, the own password, sessions and preferences."""

from urllib.parse import urlsplit

from flask import Response, current_app, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from mediation.accounts import administration_views, labels, login, services
from mediation.accounts.administration_views import contribute
from mediation.accounts.blueprint import bp
from mediation.accounts.forms import PasswordForm, SignInForm
from mediation.accounts.rules import SessionEnd
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import CHINESE, ENGLISH, _
from mediation.web.auth import actor, forget_session, maybe_actor, must_change_password

__all__ = ["administration_views", "bp", "contribute"]


def own_path(target: str) -> str:
    """The target when it is a path of ours, home otherwise: never sends anybody elsewhere."""
    parts = urlsplit(target)
    safe = not parts.scheme and not parts.netloc and target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if safe and "\\" not in target else url_for("web.home")


def sign_in_page(form: SignInForm, *, status: int, target: str, kept: list[tuple[str, str]]) -> ResponseReturnValue:
    """The sign-in page; carries along what a form had sent when its session was over."""
    end = g.get("session_end")
    page = render_template(
        "accounts/sign_in.html",
        form=form,
        next=target,
        kept=kept,
        court=services.only_court(),
        ended=labels.SESSION_END[end] if isinstance(end, SessionEnd) else "",
        sign_ins=current_app.extensions.get("demonstration_sign_ins", [])
        if current_app.config["DEMONSTRATION"]
        else [],
    )
    return page, status


@bp.app_errorhandler(401)
def unauthorised(_error: Exception) -> ResponseReturnValue:
    """Nobody is signed in (any more): show the sign-in page and keep the form that was sent."""
    if request.method == "GET":
        target = request.full_path.rstrip("?")
        return sign_in_page(SignInForm(formdata=None), status=401, target=target, kept=[])
    return sign_in_page(SignInForm(formdata=None), status=401, target=request.path, kept=login.posted())


@bp.app_errorhandler(428)
def change_first(_error: Exception) -> ResponseReturnValue:
    """A password somebody else chose is changed before anything else."""
    return redirect(url_for("accounts.password"))


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    target = own_path(request.values.get("next", "/"))
    kept = [(k.removeprefix("kept."), v) for k, v in request.form.items(multi=True) if k.startswith("kept.")]
    if form.submitted():
        try:
            token = services.sign_in(form.login.data or "", form.password.data or "", address=request.remote_addr or "")
        except services.NotSignedIn as refused:
            form.form_errors.append(str(labels.SIGN_IN_FAULT[refused.fault]))
            return sign_in_page(form, status=401, target=target, kept=kept)
        login.remember(token)
        if kept:
            session["resume"] = target
            return render_template("accounts/resume.html", target=target, kept=kept)
        return redirect(target)
    if maybe_actor() is not None and request.method == "GET":
        return redirect(url_for("web.home"))
    return sign_in_page(form, status=200 if request.method == "GET" else 422, target=target, kept=kept)


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    services.sign_out(actor(), login.present_token())
    return forget_session(Response(status=303, headers={"Location": url_for("accounts.sign_in")}))


@bp.route("/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    form = PasswordForm()
    if form.submitted():
        try:
            services.choose_password(
                actor(), old=form.old.data or "", new=form.new.data or "", token=login.present_token()
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The new password is valid from now on."))
            return redirect(url_for("web.home"))
    page = render_template("accounts/password.html", form=form, must=must_change_password())
    return page, 422 if form.errors else 200


@bp.get("/sessions")
def sessions() -> ResponseReturnValue:
    """Where the person is and was signed in."""
    found = services.sessions_of(actor().id)
    here = next((s.id for s in found if services.is_token_of(s, login.present_token())), 0)
    return render_template(
        "accounts/sessions.html",
        sessions=found,
        here=here,
        others=any(s.ended_at is None and s.id != here for s in found),
        labels=labels,
        limits=current_app.config,
    )


@bp.post("/sessions/end-others")
def end_others() -> ResponseReturnValue:
    services.end_others(actor(), login.present_token())
    flash(_("All other sessions of your account have ended."))
    return redirect(url_for(".sessions"))


@bp.post("/preferences")
def preferences() -> ResponseReturnValue:
    """Language and type size: kept in the session, and with the account of who is signed in."""
    wanted = request.form.get("locale")
    locale = wanted if wanted in {CHINESE, ENGLISH} else None
    large = {"1": True, "0": False}.get(request.form.get("large_type", ""))
    if locale:
        session["locale"] = locale
    if large is not None:
        session["large_type"] = large
    who = maybe_actor()
    if who is not None:
        services.prefer(who, locale=locale, large_type=large)
    return redirect(own_path(request.form.get("next", "/")))
