"""The court's own wording of its notices: every kind and channel, preview, history."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.kernel import clock
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.notices import labels, rules, templates, wording
from mediation.notices.blueprint import bp
from mediation.notices.forms import WordingForm
from mediation.notices.rules import Channel
from mediation.web.auth import actor


@bp.get("/notices/wording")
def wordings() -> ResponseReturnValue:
    """Every kind of notice with the wording in force on each channel."""
    own = templates.in_force(actor().court_id, clock.today())
    return render_template("notices/wordings.html", own=own, wording=wording, labels=labels)


@bp.route("/notices/wording/<kind>/<channel>", methods=["GET", "POST"])
def word(kind: str, channel: str) -> ResponseReturnValue:
    """Change one wording; the preview shows it with invented facts and keeps nothing."""
    if kind not in wording.KINDS or channel not in wording.TO_PARTIES:
        abort(404)
    who, over = actor(), Channel(channel)
    form = WordingForm()
    preview = ""
    now = templates.on(who.court_id, kind, over, clock.today())
    if request.method == "GET":
        form.valid_from.data, form.text.data = clock.today(), now
        preview = templates.example(kind, over, now)
    elif form.submitted():
        try:
            preview = templates.example(kind, over, form.text.data or "")
            if "preview" not in request.form:
                _keep(form, kind, over)
        except DomainError as refused:
            form.refuse(refused)
        else:
            if "preview" not in request.form and not form.errors:
                flash(_("The wording is set."), "success")
                return redirect(url_for("notices.word", kind=kind, channel=channel))
    page = render_template(
        "notices/word.html",
        form=form,
        kind=wording.KINDS[kind],
        channel=over,
        preview=preview,
        versions=templates.versions(who.court_id, kind, over),
        facts=sorted(wording.KINDS[kind].allowed(over)),
        is_open=over in rules.OPEN_CHANNELS,
        labels=labels,
    )
    return page, 422 if form.errors else 200


def _keep(form: WordingForm, kind: str, over: Channel) -> None:
    if not form.reason.data:
        raise DomainError(_("Say why the wording is changed."), field="reason")
    templates.make(
        actor(), kind, over, text=form.text.data or "", valid_from=form.valid_from.data or clock.today(),
        reason=form.reason.data,
    )  # fmt: skip
