"""Pages on which the system administrator takes over the yearly holiday notice, in two steps."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.kernel import clock
from mediation.kernel.actor import Role
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _, _l, _n
from mediation.kernel.sheets import UnreadableSheet, read_workbook
from mediation.periods import importing, labels
from mediation.periods.calendar import Kind
from mediation.periods.holidays import document_of, overview
from mediation.periods.notice import as_table, read, read_table
from mediation.periods.noticed import MOST_ROWS, Reading
from mediation.reminders import moving, running_views
from mediation.reminders.blueprint import bp
from mediation.reminders.forms import NoticeForm, TakeOverForm
from mediation.web.auth import actor
from mediation.web.registry import NavItem, Registry

__all__ = ["bp", "contribute", "running_views"]


def contribute(shared: Registry) -> None:
    """The places of the holiday table and of the daily run in the left column."""
    admin = frozenset({Role.SYSTEM_ADMIN})
    shared.nav += [
        NavItem(_l("Holiday notices"), "reminders.holidays", admin, icon="calendar", rank=30),
        NavItem(_l("Daily run"), "reminders.running", admin, icon="clock", rank=64),
    ]


@bp.get("/holidays")
def holidays() -> ResponseReturnValue:
    """Which years the table holds, and where the next notice goes in."""
    return _start(NoticeForm())


def _start(form: NoticeForm, flaws: list[str] | None = None, status: int = 200) -> ResponseReturnValue:
    years = overview(clock.today().year + 1)
    return render_template("reminders/holidays.html", form=form, flaws=flaws or [], years=years), status


@bp.post("/holidays")
def look() -> ResponseReturnValue:
    """What the notice would change; or each mistake at its line or cell."""
    form = NoticeForm()
    if not form.submitted():
        return _start(form, status=422)
    told = _read(form)
    if told is None:
        return _start(form, status=422)
    if told.flaws:
        return _start(form, [labels.mistake(flaw) for flaw in told.flaws], 422)
    year = told.year
    second = TakeOverForm(formdata=None)
    second.table.data, second.year.data = as_table(told.entries), str(year)
    second.document.data = told.title or document_of(year)
    second.published_on.data = told.published_on
    return _shown(told, second, 200)


def _read(form: NoticeForm) -> Reading | None:
    """The file where there is one, else the text; None where the file cannot be read."""
    upload = form.file.data
    if not upload:
        return read(form.text.data or "", form.year.data or 0)
    try:
        rows = read_workbook(upload.read(), most_rows=MOST_ROWS + 1, most_columns=3)
    except UnreadableSheet:
        form.file.errors = [_("This file cannot be read as a spreadsheet (xlsx) of at most %(n)s rows.", n=MOST_ROWS)]
        return None
    filled = [(str(n), row) for n, row in enumerate(rows, 1) if any(cell not in {None, ""} for cell in row)]
    return read_table(filled, form.year.data or 0)


def _shown(told: Reading, form: TakeOverForm, status: int) -> ResponseReturnValue:
    try:
        preview = importing.preview(actor(), told.entries)
    except DomainError as refusal:
        return _start(NoticeForm(formdata=None), [str(refusal.message)], 422)
    rest = {change.day for change in preview.days if change.after.kind in {Kind.HOLIDAY, Kind.WEEKEND}}
    meetings = moving.meetings_on(actor().court_id, rest)
    page = render_template("reminders/preview.html", preview=preview, meetings=meetings, form=form, labels=labels)
    return page, status


@bp.post("/holidays/take-over")
def take_over() -> ResponseReturnValue:
    """The second step: the days that were shown go into the table."""
    form = TakeOverForm()
    fits, year = form.submitted(), form.year.data or ""
    # The days travelled through the page: they are read again as if they had just been pasted.
    told = read(form.table.data or "", int(year) if year.isdecimal() and len(year) == 4 else 0)  # noqa: PLR2004
    if told.flaws:
        return _start(NoticeForm(formdata=None), [labels.mistake(flaw) for flaw in told.flaws], 422)
    if not fits:
        return _shown(told, form, 422)
    try:
        done = moving.take_over(
            actor(), told.entries, source_doc=form.document.data or "", published_on=form.published_on.data
        )
    except DomainError as refusal:
        form.refuse(refusal)
        return _shown(told, form, 409)
    flash(
        " ".join(
            [
                _("The holiday notice for %(year)s was taken over.", year=told.year),
                _n("%(num)s last day moved.", "%(num)s last days moved.", done.moved),
                _n("%(num)s is no longer provisional.", "%(num)s are no longer provisional.", done.settled),
                _n("%(num)s person was told.", "%(num)s people were told.", done.told),
                *(
                    [
                        _n(
                            "%(num)s meeting falls on a day off now.",
                            "%(num)s meetings fall on days off now.",
                            done.meetings,
                        )
                    ]
                    if done.meetings
                    else []
                ),
            ]
        ),
        "success",
    )
    return redirect(url_for("reminders.holidays"))
