"""Each figure's own page: what it means, its two counts, the lines it is made of, the cases, and the way back to this view."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.accounts import services as accounts
from mediation.disputes.labels import STATUS
from mediation.kernel import clock
from mediation.kernel.errors import Unreadable
from mediation.kernel.i18n import _
from mediation.kernel.sheets import XLSX
from mediation.statistics import addresses, apart, asking, labels, listing, naming, pictures, rules, services
from mediation.statistics.apart import Only
from mediation.statistics.asking import Answer, Question, value
from mediation.statistics.blueprint import bp
from mediation.statistics.catalogue import DEFINITIONS, Dimension, Figure, Unit, Way, definition_on
from mediation.statistics.rules import Part, Period, Step
from mediation.web import lists
from mediation.web.auth import actor


def _period() -> tuple[Period, date | None]:
    """The days in the address; without them this year to today. A day of knowledge lies neither before nor ahead."""
    today = clock.today()
    as_of = addresses.day("as_of")
    last = addresses.day("last") or as_of or today
    period = addresses.between(addresses.day("first") or date(last.year, 1, 1), last)
    if as_of is not None and as_of > today:
        raise Unreadable(
            _("What will be known on the evening of %(day)s nobody knows yet.", day=as_of),
            remedy=_("Ask as of today or a past day."),
            field="as_of",
        )
    if as_of is not None and as_of < period.first:
        raise Unreadable(
            _("On the evening of %(day)s the period had not begun.", day=as_of),
            remedy=_("Ask as of a day from %(first)s on.", first=period.first),
            field="as_of",
        )
    return period, as_of


def _question(name: str) -> Question:
    figure = next(iter(naming.figures_of(name)), None)
    if figure is None or figure.value != name:
        abort(404)
    period, as_of = _period()
    definition = definition_on(figure, period.last)
    asked = request.args.get("way") or definition.natural.value
    if asked not in {way.value for way in definition.ways}:
        abort(400)
    way = Way(asked)
    if way is Way.CUMULATIVE:
        opened = accounts.court(actor().court_id).opened_on
        if period.last < opened:
            raise Unreadable(
                _("The centre opened on %(day)s: before, nothing was counted.", day=opened),
                remedy=_("Ask for a later day."),
                field="last",
            )
        period = Period(opened, period.last)
    return Question(figure, way, period, as_of)


def _only(question: Question) -> Only | None:
    text = request.args.get("only", "")
    if not text:
        return None
    name, _colon, key = text.partition(":")
    definition = definition_on(question.figure, question.period.last)
    if name not in {d.value for d in definition.dimensions}:
        abort(400)
    only = Only(Dimension(name), key)
    if not apart.is_key(only):
        abort(400)
    return only


def address(question: Question, **more: Any) -> dict[str, Any]:
    """What an address must say so that it restores the view: every day, never "this year"."""
    said = {
        "figure": question.figure.value, "way": question.way.value, "last": question.period.last, "as_of": question.as_of,
        "first": None if question.way is Way.CUMULATIVE else question.period.first,
    }  # fmt: skip
    return {name: value for name, value in (said | more).items() if value not in {None, ""}}


@bp.get("/statistics/catalogue")
def all_figures() -> ResponseReturnValue:
    period, as_of = _period()
    services.may(actor())
    asked = [Question(d.figure, d.natural, period, as_of) for d in _current(period.last)]
    now = asking.answers(actor().court_id, asked)
    before = asking.answers(actor().court_id, [replace(q, period=period.before()) for q in asked])
    return render_template(
        "statistics/catalogue.html", rows=list(zip(now, before, strict=True)), period=period, as_of=as_of, labels=labels, address=address,
        counted=naming.counted,
    )  # fmt: skip


def _current(day: date) -> list[Any]:
    return [definition_on(figure, day) for figure in dict.fromkeys(d.figure for d in DEFINITIONS)]


@bp.get("/statistics/figure/<figure>")
def figure(figure: str) -> ResponseReturnValue:
    services.may(actor())
    question = _question(figure)
    only, court_id = _only(question), actor().court_id
    answer = apart.answer(court_id, question, only)
    by, step = _by(answer), _step(question)
    trend = [] if only else apart.over_time(court_id, question, step)
    lines = apart.by(court_id, question, by) if by and not only else []
    return render_template(
        "statistics/figure.html",
        answer=answer,
        question=question,
        only=only,
        only_name=_name(only),
        compared=[] if only else apart.compared(court_id, question)[1:],
        by=by,
        lines=lines,
        bars=_bars(question, answer.definition.unit, lines, by),
        step=apart.fitting(question.period, step),
        trend=trend,
        chart=_chart(trend, apart.fitting(question.period, step)),
        marked=answer.definition.breaks and _crosses(question.period),
        readings=_readings(answer),
        formula=_formula(answer),
        days=_days(answer),
        ways=_ways(answer, only),
        dimensions=_dimensions(answer, by, step),
        steps=_steps(answer, by, step),
        listed=answer.question.figure is not Figure.I22,
        change=naming.change,
        counted=naming.counted,
        labels=labels,
        address=address,
        Part=Part,
        Step=Step,
        today=clock.today(),
    )


def _by(answer: Answer) -> Dimension | None:
    dimensions = answer.definition.dimensions
    asked = request.args.get("by", "")
    if asked and asked not in {d.value for d in dimensions}:
        abort(400)
    return Dimension(asked) if asked else next(iter(dimensions), None)


def _step(question: Question) -> Step:
    asked = request.args.get("step", "")
    if asked and asked not in set(Step):
        abort(400)
    return Step(asked) if asked else Step.MONTH


def _name(only: Only | None) -> str:
    return "" if only is None else apart.names_of(only.dimension, [only.key]).get(only.key, _("not recorded"))


def _crosses(period: Period) -> bool:
    """R7-11: the period or one it is compared with lies on both sides of 1 January 2025."""
    return period.crosses_regimes() or apart.last_year(period).first < rules.REGIME_CHANGE <= period.last


def _readings(answer: Answer) -> list[tuple[Any, Any]]:
    return [(labels.POINT[p], labels.READING[r]) for p, r in naming.bearing(answer)]


def _formula(answer: Answer) -> str:
    """The formula with its two counts."""
    figure = answer.question.figure
    above = naming.counted(figure, Part.NUMERATOR, answer.numerator)
    if answer.denominator is None:
        return above
    times = {Unit.PERCENT: " × 100 %", Unit.PER_10_000: " × 10 000"}.get(answer.definition.unit, "")
    below = naming.counted(figure, Part.DENOMINATOR, answer.denominator)
    return f"{above} ÷ {below}{times} = {answer.text}"


def _days(answer: Answer) -> str:
    definition = answer.definition
    said = [definition.numerator] + ([definition.denominator] if definition.denominator else [])
    return " ÷ ".join(str(labels.DAY[day]) for day in dict.fromkeys(said))


def _chip(label: Any, url: str, *, active: bool) -> dict[str, Any]:
    return {"label": label, "url": url, "active": active}


def _ways(answer: Answer, only: Only | None) -> list[dict[str, Any]]:
    question = answer.question
    return [
        _chip(
            labels.WAY[way],
            url_for("statistics.figure", **address(replace(question, way=way), only=_said(only))),
            active=way is question.way,
        )
        for way in answer.definition.ways
    ]


def _dimensions(answer: Answer, by: Dimension | None, step: Step) -> list[dict[str, Any]]:
    return [
        _chip(
            labels.DIMENSION[d],
            url_for("statistics.figure", **address(answer.question, by=d.value, step=step.value)) + "#lines",
            active=d is by,
        )
        for d in answer.definition.dimensions
    ]


def _steps(answer: Answer, by: Dimension | None, step: Step) -> list[dict[str, Any]]:
    said = by.value if by else ""
    return [
        _chip(
            labels.STEP[s],
            url_for("statistics.figure", **address(answer.question, by=said, step=s.value)) + "#trend",
            active=s is step,
        )
        for s in Step
    ]


# A step is marked by its first day, a whole month or year by its own number.
MARK = {Step.MONTH: "%Y-%m", Step.YEAR: "%Y"}


def _chart(trend: Sequence[Answer], step: Step) -> dict[str, Any]:
    """The figure step by step, with the mark of 2025 where it is crossed (R7-11)."""
    definition = trend[0].definition if trend else None
    spec = {
        "kind": "line",
        "labels": [f"{one.question.period.first:{MARK.get(step, '%Y-%m-%d')}}" for one in trend],
        "series": [
            {
                "name": str(labels.NAME[trend[0].question.figure]) if trend else "",
                "values": [None if one.number is None else float(one.number) for one in trend],
            }
        ],
        "unit": str(labels.UNIT[definition.unit]) if definition else "",
        "decimals": bool(definition and definition.unit is not Unit.NUMBER),
    }
    return pictures.with_breaks(spec) if definition and definition.breaks else spec


# So many lines a chart of bars shows; the table below it has all of them.
MOST_BARS = 15


def _bars(question: Question, unit: Unit, lines: Sequence[apart.Line], by: Dimension | None) -> dict[str, Any]:
    """The largest lines side by side; each bar opens its line. Only the court reads this (R7-12).

    Two counts stand beside each other; days, points and people, beside which no count can stand, are drawn as the value.
    """
    shown = lines[:MOST_BARS] if by else []
    measured = unit not in {Unit.PERCENT, Unit.NUMBER}
    if measured:
        values = [value(unit, line.numerator, line.denominator) for line in shown]
        told = [None if one is None else float(one) for one in values]
        series: list[dict[str, Any]] = [{"name": str(labels.NAME[question.figure]), "values": told}]
    else:
        series = [{"name": str(labels.ABOVE[question.figure]), "values": [line.numerator for line in shown]}]
        if shown and shown[0].denominator is not None:
            series.append({"name": str(labels.BELOW[question.figure]), "values": [line.denominator for line in shown]})
    said = by.value if by else ""
    links = [url_for("statistics.figure", **address(question, by=said, only=f"{said}:{line.key}")) for line in shown]
    return {
        "kind": "bar",
        "labels": [line.name or _("not recorded") for line in shown],
        "series": series,
        "links": links,
        **({"unit": str(labels.UNIT[unit]), "decimals": True} if measured else {}),
    }


@bp.get("/statistics/figure/<figure>/<part>")
def figure_cases(figure: str, part: str) -> ResponseReturnValue:
    services.may(actor())
    if part not in set(Part):
        abort(404)
    question = _question(figure)
    only, half = _only(question), Part(part)
    rows = apart.rows_of(actor().court_id, question, half, only)
    if rows is None:
        abort(404)
    return render_template(
        "statistics/figure_cases.html",
        answer=apart.answer(actor().court_id, question, only),
        question=question,
        only=only,
        only_name=_name(only),
        part=half,
        page=lists.page(listing.cases(rows)),
        measured=rows.measure is not None and half is Part.NUMERATOR,
        status=STATUS,
        labels=labels,
        address=address,
        Part=Part,
    )


@bp.post("/statistics/figure/<figure>/spreadsheet")
def figure_sheet(figure: str) -> ResponseReturnValue:
    services.may(actor())
    question = _question(figure)
    only = _only(question)
    answer = apart.answer(actor().court_id, question, only)
    body = listing.workbook(actor(), answer, only, _words(answer, only))
    name = f"{question.figure.value}-{question.period.first:%Y%m%d}-{question.period.last:%Y%m%d}.xlsx"
    return Response(body, mimetype=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@bp.post("/statistics/figure/<figure>/<chart>/spreadsheet")
def figure_chart_sheet(figure: str, chart: str) -> ResponseReturnValue:
    """The table beside a chart of the figure's page, to take along: its lines, or the figure step by step."""
    services.may(actor())
    if chart not in {"lines", "trend"}:
        abort(404)
    question, court_id = _question(figure), actor().court_id
    answer = apart.answer(court_id, question, None)
    by = _by(answer)
    told: list[tuple[str, Answer | apart.Line]]
    if chart == "trend":
        head, told = _("Period"), [
            (f"{one.question.period.first} — {one.question.period.last}", one)
            for one in apart.over_time(court_id, question, _step(question))
        ]  # fmt: skip
    elif by is None:
        abort(404)
    else:
        head = str(labels.DIMENSION[by])
        told = [(line.name or _("not recorded"), line) for line in apart.by(court_id, question, by)]
    words = (head, str(labels.ABOVE[question.figure]), str(labels.BELOW.get(question.figure, "")), _unit(answer))
    body = listing.chart(actor(), answer, chart, words, told)
    name = f"{figure}-{chart}-{question.period.first:%Y%m%d}-{question.period.last:%Y%m%d}.xlsx"
    return Response(body, mimetype=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _unit(answer: Answer) -> str:
    unit = str(labels.UNIT[answer.definition.unit])
    return f"{_('Value')} ({unit})" if unit else _("Value")


def _words(answer: Answer, only: Only | None) -> listing.Words:
    question, definition = answer.question, answer.definition
    figure = question.figure
    about = [
        (_("Figure"), f"{definition.name} {labels.NAME[figure]}"),
        (_("Definition"), str(labels.MEANING[figure])),
        (_("Way of counting"), str(labels.WAY[question.way])),
        (_("Period"), f"{question.period.first} — {question.period.last}"),
        (_("As known on the evening of"), str(question.as_of or clock.today())),
    ]
    if only:
        about.append((str(labels.DIMENSION[only.dimension]), _name(only)))
    about.append(
        (_("Address of this view"), url_for("statistics.figure", _external=True, **address(question, only=_said(only))))
    )
    return listing.Words(
        figure=figure.value,
        cases=_("Cases"),
        head=[_("Case or receipt number"), _("Cause"), _("Received on"), _("State"), str(labels.ABOVE[figure]),
              str(labels.BELOW.get(figure, ""))],
        about=about,
        above=str(labels.ABOVE[figure]),
        below=str(labels.BELOW.get(figure, "")),
        value=_("Value"),
        status=lambda state: str(STATUS[state]),
    )  # fmt: skip


def _said(only: Only | None) -> str:
    return f"{only.dimension.value}:{only.key}" if only else ""
