"""Signing on a screen: giving turns, the tablet in the own session, and the personal link on a phone."""

from collections.abc import Mapping
from typing import Any

import segno
from flask import (
    Response,
    abort,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)  # fmt: skip
from flask.typing import ResponseReturnValue

from mediation.accounts.models import Court
from mediation.agreements import labels
from mediation.agreements.models import Agreement
from mediation.agreements.rules import AgreementStatus
from mediation.agreements.services import signing
from mediation.agreements.turns import labels as words
from mediation.agreements.turns import reading, rules, services
from mediation.agreements.turns.forms import CodeForm, RefuseForm, SignForm, TurnForm
from mediation.agreements.turns.models import SigningTurn
from mediation.agreements.turns.rules import Check, Place, TurnStatus
from mediation.agreements.views.shared import agreement_of, bp
from mediation.disputes import services as disputes
from mediation.documents import gallery
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice, options
from mediation.web.pace import Pace

# One person reads, leaves, comes back; a wrong address is a guess. Codes are counted by the link they belong to.
KNOWN = Pace("signing", limit=120, seconds=300)
UNKNOWN = Pace("no signing", limit=30, seconds=300)
CODES = Pace("signing code", limit=10, seconds=900)
NEW_CODES = Pace("new signing code", limit=3, seconds=900)


# ---- giving a turn ---------------------------------------------------------------------------------------------------


def turn_form(found: Agreement, **kwargs: Any) -> TurnForm:
    """Who has not signed yet, and the ways of knowing a person that this reader may use."""
    form = TurnForm(**kwargs)
    wanted = signing.wanted(found)
    running = {turn.signature_id for turn in reading.of_agreement(found) if reading.is_open(turn, wanted)}
    waiting = [s for s in wanted if s.signed_at is None and s.id not in running]
    mine = [s for s in waiting if services.is_own(actor(), s)]
    gives = rules.may_give(actor(), found)
    allowed = [s for s in waiting if rules.who_signs(s.signer, own=s in mine) is None] if gives else mine
    form.signer.choices = [SelectChoice(s.id, f"{labels.SIGNER[s.signer]}　{s.name}") for s in allowed]
    checks = {
        check: label
        for check, label in words.CHECK.items()
        if (check is Check.ACCOUNT and mine) or (check is not Check.ACCOUNT and gives)
    }
    form.check.choices = options(checks)
    agents = [a.name for p in disputes.parties(found.dispute_id) for a in p.agents]
    form.agent.choices = [SelectChoice("", _("No, in person")), *[SelectChoice(name, name) for name in agents]]
    return form


def turns_of(found: Agreement, form: TurnForm | None = None) -> dict[str, Any]:
    """What the agreement's page shows of signing on a screen."""
    given, signatures = reading.of_agreement(found), signing.wanted(found)
    own = any(services.is_own(actor(), s) for s in signatures)
    open_now = found.status is AgreementStatus.SIGNING and (own or rules.may_give(actor(), found))
    excluded = reading.excluded(found) if open_now else None
    return {
        "turns": [(turn, reading.is_open(turn, signatures)) for turn in given],
        "turn_form": (form or turn_form(found, formdata=None)) if open_now and excluded is None else None,
        "excluded": words.OBSTACLE[excluded] if excluded else "",
        "excluded_article": rules.OBSTACLE_ARTICLE[excluded] if excluded else "",
        "on_paper": words.ON_PAPER,
        "turn_words": words,
        "may_give": rules.may_give(actor(), found),
    }


def given_page(found: Agreement, turn: SigningTurn, token: str, code: str) -> str:
    """The one answer that shows a link and its code."""
    address = url_for(".link", token=token, _external=True) if token else ""
    return render_template(
        "agreements/turns/given.html", agreement=found, turn=turn, address=address, code=code, words=words,
        square=_square(address) if address else "",
    )  # fmt: skip


def _square(address: str) -> str:
    return segno.make(address, error="m", micro=False).svg_data_uri(border=2, scale=6)


@bp.post("/agreements/<int:agreement_id>/turns/<int:turn_id>/revocation")
def revoke_turn(agreement_id: int, turn_id: int) -> ResponseReturnValue:
    _found, turn = _here(agreement_id, turn_id)
    services.revoke(actor(), turn)
    flash(_("The turn is taken back; the link leads nowhere any more."))
    return redirect(url_for(".agreement", agreement_id=agreement_id))


@bp.post("/agreements/<int:agreement_id>/turns/<int:turn_id>/code")
def turn_code(agreement_id: int, turn_id: int) -> ResponseReturnValue:
    """A new code for the same link."""
    found, turn = _here(agreement_id, turn_id)
    code = services.renew_code(actor(), turn)
    return given_page(found, turn, "", code)


# ---- the tablet ------------------------------------------------------------------------------------------------------


def _here(agreement_id: int, turn_id: int) -> tuple[Agreement, SigningTurn]:
    found = agreement_of(agreement_id)
    turn = reading.get(found, turn_id) or abort(404)
    own = any(s.id == turn.signature_id and services.is_own(actor(), s) for s in signing.wanted(found))
    if not (own or rules.may_give(actor(), found)):
        abort(403)
    return found, turn


def _tablet(agreement_id: int, turn_id: int) -> SigningTurn:
    """A turn on the tablet; at a personal link nobody of the house signs for its holder."""
    _found, turn = _here(agreement_id, turn_id)
    return turn if turn.place is Place.TABLET else abort(404)


@bp.get("/agreements/<int:agreement_id>/turns/<int:turn_id>")
def turn(agreement_id: int, turn_id: int) -> ResponseReturnValue:
    return _reading(_tablet(agreement_id, turn_id))


@bp.post("/agreements/<int:agreement_id>/turns/<int:turn_id>/signature")
def sign_here(agreement_id: int, turn_id: int) -> ResponseReturnValue:
    return _sign(actor(), _tablet(agreement_id, turn_id))


@bp.post("/agreements/<int:agreement_id>/turns/<int:turn_id>/refusal")
def refuse_here(agreement_id: int, turn_id: int) -> ResponseReturnValue:
    return _refuse(actor(), _tablet(agreement_id, turn_id))


@bp.post("/agreements/<int:agreement_id>/turns/<int:turn_id>/paper")
def paper_here(agreement_id: int, turn_id: int) -> ResponseReturnValue:
    return _take_paper(actor(), _tablet(agreement_id, turn_id))


# ---- the personal link -----------------------------------------------------------------------------------------------

LINK = "/sign/<token>"


def _at_link(token: str) -> SigningTurn:
    """The turn behind a link, at a pace; a wrong link teaches nothing."""
    # The server's own log of requests reads the address from here, after the answer.
    request.environ["RAW_URI"] = request.environ["PATH_INFO"] = "/sign/*"
    found = reading.of_token(token)
    wait = KNOWN.wait(reading.digest(token)) if found else UNKNOWN.wait(request.remote_addr or "")
    if wait:
        abort(_slower(wait))
    if found is None:
        abort(404)
    g.court = db.session.get_one(Court, found.court_id)
    return found


def _slower(seconds: int) -> Response:
    answer: Response = current_app.response_class(status=429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _known(turn: SigningTurn) -> bool:
    return reading.is_known(turn, str(session.get("signing", "")))


@bp.get(LINK)
def link(token: str) -> ResponseReturnValue:
    """The code is asked for before anything is shown; then the document."""
    turn = _at_link(token)
    if _known(turn):
        return _reading(turn, token=token)
    return _asking(turn, token, CodeForm())


def _asking(turn: SigningTurn, token: str, form: CodeForm) -> ResponseReturnValue:
    over = not reading.is_open(turn) or turn.status is not TurnStatus.ISSUED
    page = render_template(
        "agreements/turns/code.html", turn=turn, token=token, form=form, over=over, words=words,
        by_message=turn.check is Check.CODE_BY_SMS,
    )  # fmt: skip
    return (page, 410) if over else page


@bp.post(f"{LINK}/code")
def link_code(token: str) -> ResponseReturnValue:
    turn = _at_link(token)
    form = CodeForm()
    if wait := CODES.wait(reading.digest(token)):
        return _slower(wait)
    if form.submitted():
        try:
            secret = services.enter_code(turn, form.digits(), browser=request.user_agent.string)
        except DomainError as refused:
            form.refuse(refused)
        else:
            session["signing"] = secret
            return redirect(url_for(".link", token=token))
    return _asking(turn, token, form)


@bp.post(f"{LINK}/new-code")
def link_new_code(token: str) -> ResponseReturnValue:
    turn = _at_link(token)
    if turn.check is not Check.CODE_BY_SMS:
        abort(404)
    if wait := NEW_CODES.wait(reading.digest(token)):
        return _slower(wait)
    services.renew_code(services.signer(turn), turn)
    flash(_("A new code is on its way."))
    return redirect(url_for(".link", token=token))


@bp.get(f"{LINK}/document")
def link_document(token: str) -> ResponseReturnValue:
    """The very bytes that are signed, for whoever entered the code."""
    turn = _mine(token)
    file = reading.file_of(turn) or abort(404)
    answer = make_response(file.content)
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = 'inline; filename="document.pdf"'
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _mine(token: str) -> SigningTurn:
    """Only in the browser in which the code was entered; for any other there is nothing here."""
    turn = _at_link(token)
    return turn if _known(turn) else abort(404)


@bp.post(f"{LINK}/signature")
def link_sign(token: str) -> ResponseReturnValue:
    turn = _mine(token)
    return _sign(services.signer(turn), turn, token=token)


@bp.post(f"{LINK}/refusal")
def link_refuse(token: str) -> ResponseReturnValue:
    turn = _mine(token)
    return _refuse(services.signer(turn), turn, token=token)


@bp.post(f"{LINK}/paper")
def link_paper(token: str) -> ResponseReturnValue:
    turn = _mine(token)
    return _take_paper(services.signer(turn), turn, token=token)


# ---- reading and signing, the same on both ---------------------------------------------------------------------------


def _addresses(turn: SigningTurn, token: str) -> Mapping[str, str]:
    if token:
        ends = {"sign": "link_sign", "refuse": "link_refuse", "paper": "link_paper", "document": "link_document"}
        return {"back": "", "page": url_for(".link", token=token)} | {
            name: url_for(f".{end}", token=token) for name, end in ends.items()
        }
    ends = {"page": "turn", "sign": "sign_here", "refuse": "refuse_here", "paper": "paper_here"}
    found = {name: url_for(f".{end}", agreement_id=turn.agreement_id, turn_id=turn.id) for name, end in ends.items()}
    return found | {
        "document": url_for("documents.download", document_id=turn.document_id),
        "back": url_for(".agreement", agreement_id=turn.agreement_id),
    }


def _reading(turn: SigningTurn, *, token: str = "", **forms: Any) -> ResponseReturnValue:
    over = not reading.is_open(turn) or turn.status is not TurnStatus.OPENED
    document = reading.document_of(turn)
    file = reading.file_of(turn)
    sign = forms.get("sign") or SignForm(formdata=None)
    sign.document.data = file.sha256 if file else ""
    return render_template(
        "agreements/turns/reading.html",
        turn=turn,
        over=over,
        title=document.title,
        lines=[] if over else gallery.reading(document),
        sha256=file.sha256 if file else "",
        sign=sign,
        refuse=forms.get("refuse") or RefuseForm(formdata=None),
        urls=_addresses(turn, token),
        words=words,
        law=rules.LAW,
        Status=TurnStatus,
    )


def _sign(who: Actor, turn: SigningTurn, *, token: str = "") -> ResponseReturnValue:
    form = SignForm()
    if form.submitted():
        try:
            services.sign(who, turn, form.drawn, read=form.document.data or "")
        except DomainError as refused:
            if not reading.is_open(turn):
                raise
            form.refuse(refused)
        else:
            return redirect(_addresses(turn, token)["page"])
    return _reading(turn, token=token, sign=form)


def _refuse(who: Actor, turn: SigningTurn, *, token: str = "") -> ResponseReturnValue:
    form = RefuseForm()
    if form.submitted():
        services.refuse(who, turn, reason=form.reason.data or "")
        return redirect(_addresses(turn, token)["page"])
    return _reading(turn, token=token, refuse=form)


def _take_paper(who: Actor, turn: SigningTurn, *, token: str = "") -> ResponseReturnValue:
    services.take_paper(who, turn)
    return redirect(_addresses(turn, token)["page"])
