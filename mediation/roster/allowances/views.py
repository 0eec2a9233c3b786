"""Allowances on the screen: the rules, a month, its release and its spreadsheet."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.kernel import clock
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.kernel.sheets import XLSX
from mediation.roster import services as roster
from mediation.roster.allowances import labels, rules, services
from mediation.roster.allowances.forms import AllowanceForm
from mediation.roster.allowances.services import Month
from mediation.roster.blueprint import bp
from mediation.web.auth import actor

YEARS = range(2016, 2150)


def _month(text: str) -> Month:
    """`2026-03`; any other text is no month."""
    year, _dash, month = text.partition("-")
    if not (year.isascii() and year.isdecimal() and month.isascii() and month.isdecimal()):
        abort(404)
    if int(year) not in YEARS or int(month) not in range(1, 13):
        abort(404)
    return Month(int(year), int(month))


@bp.get("/roster/allowances")
def allowances() -> ResponseReturnValue:
    """A month: who has ended which mediation, and what the court pays for it by which rule."""
    month = _month(request.args.get("month") or f"{clock.today():%Y-%m}")
    sheet = services.sheet(actor(), month)
    return render_template(
        "roster/allowances/month.html",
        sheet=sheet,
        month=month,
        is_over=month.last < clock.today(),
        may_set=rules.may_set(actor()),
        causes=roster.cause_names({line.ended.cause_code for line in sheet.lines}),
        labels=labels,
    )


@bp.post("/roster/allowances/<month>/release")
def release_allowances(month: str) -> ResponseReturnValue:
    done = services.release(actor(), _month(month))
    flash(_("Released for %(n)s mediations.", n=done))
    return redirect(url_for(".allowances", month=month))


@bp.post("/roster/allowances/<month>/spreadsheet")
def allowances_file(month: str) -> ResponseReturnValue:
    head = [_("Mediator"), _("Number"), _("Cause"), _("Outcome"), _("Ended on"), _("Amount in yuan"), _("Decided by")]
    words = {outcome: str(word) for outcome, word in labels.OUTCOME.items()}
    body = services.file(actor(), _month(month), head, words)
    name = f"allowances-{month}.xlsx"
    return Response(body, mimetype=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@bp.get("/roster/allowances/rules")
def allowance_rules() -> ResponseReturnValue:
    """How much the court pays, since when, by which decision."""
    return _rules_page(AllowanceForm(formdata=None))


@bp.post("/roster/allowances/rules")
def set_allowance() -> ResponseReturnValue:
    form = AllowanceForm()
    if form.submitted():
        try:
            services.set_rule(
                actor(), valid_from=form.valid_from.data or clock.today(), cause=form.cause.data or "",
                outcome=form.outcome.data, amount_fen=form.amount_fen.data, source=form.source.data or "",
            )  # fmt: skip
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The allowance holds from that day on."))
            return redirect(url_for(".allowance_rules"))
    return _rules_page(form)


def _rules_page(form: AllowanceForm) -> ResponseReturnValue:
    rows = services.rule_rows(actor().court_id)
    page = render_template(
        "roster/allowances/rules.html",
        form=form,
        rows=rows,
        causes=roster.cause_names({row.cause_code for row in rows if row.cause_code}),
        may_set=rules.may_set(actor()),
        labels=labels,
    )
    return page, 422 if form.errors else 200
