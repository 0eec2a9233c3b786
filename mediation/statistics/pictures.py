"""What charts show, as numbers: the same for the screen, the table beside each chart, the spreadsheet and the report on paper."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from mediation.assignment.models import Assignment
from mediation.assignment.rules import EndCode
from mediation.confirmation.models import Confirmation
from mediation.disputes.labels import ROUTE, SOURCE
from mediation.disputes.models import Cause, Dispute
from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.litigation.models import LitigationCase
from mediation.statistics import labels, rules
from mediation.statistics.counting import registers
from mediation.statistics.facts import Facts, Frame
from mediation.statistics.rules import Period

HOURS, DAYS = range(24), range(7)
LEVELS = 4
# Lines of one level that are told apart; what is left is one line "others".
MOST_CAUSES = 12


@dataclass(frozen=True)
class Picture:
    """One chart: what it is called, what is drawn, and its table."""

    name: str
    title: str
    spec: dict[str, Any]
    head: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    note: str = ""


def _frame(court_id: int, period: Period) -> Frame:
    return Frame(Facts(), court_id, period, min(period.last, clock.today()))


# ---- the tree of causes -----------------------------------------------------------------------------------------------


@dataclass
class Node:
    """A cause with its disputes, those of the causes below it among them."""

    key: str
    name: str
    number: int
    below: list["Node"]


def causes(court_id: int, period: Period) -> list[Node]:
    """The disputes received, by cause: each level the sum of those below it."""
    f = _frame(court_id, period)
    rows = registers.received(f)
    d = f.of(Dispute)
    joined = rows.source.join(d, d.c.id == rows.dispute)
    counted = db.session.execute(
        sa.select(d.c.cause_version, d.c.cause_code, sa.func.count(rows.unit.distinct()))
        .select_from(joined)
        .where(*rows.where)
        .group_by(d.c.cause_version, d.c.cause_code)
    )
    total: Counter[tuple[str, str]] = Counter()
    for version, code, number in counted:
        parts = code.split(".")
        for level in range(1, min(len(parts), LEVELS) + 1):
            total[version, ".".join(parts[:level])] += number
    return _tree(total)


def _tree(total: Counter[tuple[str, str]]) -> list[Node]:
    names = _names(list(total))
    nodes = {key: Node(":".join(key), names.get(key, key[1]), number, []) for key, number in total.items()}
    roots: list[Node] = []
    for version, code in sorted(nodes):
        above = (version, code.rpartition(".")[0])
        (nodes[above].below if above in nodes else roots).append(nodes[version, code])
    for node in (*nodes.values(), Node("", "", 0, roots)):
        node.below.sort(key=lambda one: (-one.number, one.key))
    return sorted(roots, key=lambda one: (-one.number, one.key))


def _names(keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    rows = sa.select(Cause.version, Cause.code, Cause.name).where(
        Cause.version.in_({version for version, _code in keys}), Cause.code.in_({code for _version, code in keys})
    )
    return {(version, code): name for version, code, name in db.session.execute(rows)}


def folded(nodes: Sequence[Node], least: int, most: int = MOST_CAUSES) -> list[Node]:
    """The lines of a level that are told apart; the small ones (R7-13) and those too many become one."""
    small = hidden({node.key: node.number for node in nodes}, least)
    kept = [node for node in nodes if node.key not in small][:most]
    rest = [node for node in nodes if node not in kept]
    shown = [Node(node.key, node.name, node.number, folded(node.below, least, most)) for node in kept]
    if rest:
        shown.append(Node("", str(labels.OTHERS), sum(node.number for node in rest), []))
    return shown


def cause_tree(court_id: int, period: Period, least: int = 0) -> Picture:
    """Which causes disputes come from."""
    nodes = folded(causes(court_id, period), least)
    rows: list[tuple[Any, ...]] = []

    def told(node: Node, level: int) -> dict[str, Any]:
        rows.append((level, node.name, _shown(node.number, least), node.key))
        return {
            "name": node.name, "value": _number(node.number, least), "key": node.key,
            "children": [told(one, level + 1) for one in node.below],
        }  # fmt: skip

    children = [told(node, 1) for node in nodes]
    root = {
        "name": str(labels.ALL_DISPUTES),
        "value": sum(node.number for node in nodes),
        "key": "",
        "children": children,
    }
    return Picture(
        "causes", str(labels.PICTURE["causes"]), {"kind": "tree", "root": root},
        tuple(str(word) for word in labels.PICTURE_HEAD["causes"]), tuple(rows),
    )  # fmt: skip


# ---- weekday and hour -------------------------------------------------------------------------------------------------


def heat_map(court_id: int, period: Period, least: int = 0) -> Picture:
    """When disputes reach the court: weekday by hour, in the court's own time."""
    f = _frame(court_id, period)
    rows = registers.received(f)
    moments = db.session.scalars(
        sa.select(rows.source.c.received_at).select_from(rows.source).where(*rows.where)
    )  # fmt: skip
    counted: Counter[tuple[int, int]] = Counter()
    for moment in moments:
        local = clock.local(moment)
        counted[local.weekday(), local.hour] += 1
    hours = [hour for hour in HOURS if any(counted[day, hour] for day in DAYS)] or [9]
    shown = list(range(min(hours), max(hours) + 1))
    days = [str(word) for word in labels.WEEKDAY]
    for cell in hidden(counted, least):
        counted[cell] = -1
    cells = [
        [shown.index(hour), day, _number(counted[day, hour], least)] for day in DAYS for hour in shown
    ]  # fmt: skip
    spec = {"kind": "heat", "columns": [f"{hour:02d}" for hour in shown], "lines": days, "cells": cells}
    table = tuple((days[day], *(_shown(counted[day, hour], least) for hour in shown)) for day in DAYS)
    head = (str(labels.WEEKDAY_HEAD), *(f"{hour:02d}:00" for hour in shown))
    return Picture("hours", str(labels.PICTURE["hours"]), spec, head, table)


# ---- from intake to outcome -------------------------------------------------------------------------------------------


def flow(court_id: int, period: Period, least: int = 0) -> Picture:
    """What became so far of the disputes received: where they came from, which way they went, how they ended, what followed."""
    links: Counter[tuple[int, str, str]] = Counter()
    for source, route, ended, after, number in _courses(court_id, period):
        steps = (str(SOURCE[source]), _route(route), str(labels.OUTCOME[ended]), str(labels.AFTER[after]))
        for place, (start, end) in enumerate(pairwise(steps)):
            links[place, start, end] += number
    if least:
        links = _folded_links(links, least)
    told = sorted(links.items(), key=lambda item: (item[0][0], -item[1], item[0]))
    spec = {
        "kind": "flow",
        "nodes": _nodes(links),
        "links": [
            {"from": f"{place}:{start}", "to": f"{place + 1}:{end}", "value": number}
            for (place, start, end), number in told
        ],
    }
    rows = tuple((str(labels.STAGE[place]), start, end, _shown(number, least)) for (place, start, end), number in told)
    head = tuple(str(word) for word in labels.PICTURE_HEAD["flow"])
    return Picture("flow", str(labels.PICTURE["flow"]), spec, head, rows)


def _route(route: Any) -> str:
    return str(ROUTE[route]) if route is not None else str(labels.NO_ROUTE)


def _nodes(links: Counter[tuple[int, str, str]]) -> list[dict[str, Any]]:
    size: dict[tuple[int, str], list[int]] = {}
    for (place, start, end), number in links.items():
        size.setdefault((place, start), [0, 0])[1] += number
        size.setdefault((place + 1, end), [0, 0])[0] += number
    return [
        {"id": f"{place}:{name}", "name": name, "stage": place, "value": max(numbers)}
        for (place, name), numbers in sorted(size.items(), key=lambda item: (item[0][0], -max(item[1]), item[0][1]))
    ]


def _folded_links(links: Counter[tuple[int, str, str]], least: int) -> Counter[tuple[int, str, str]]:
    """R7-13: a stream of fewer than so many disputes is left out of what leaves the court."""
    small: set[Any] = set()
    for stage in {place for place, _start, _end in links}:
        small |= hidden({key: number for key, number in links.items() if key[0] == stage}, least)
    return Counter({key: number for key, number in links.items() if key not in small})


def _courses(court_id: int, period: Period) -> Sequence[Any]:
    """Source, route, end of the last mediation and what followed it, with the number of disputes."""
    f = _frame(court_id, period)
    rows = registers.received(f)
    d = rows.source
    a, c, k = f.of(Assignment), f.of(LitigationCase), f.of(Confirmation)
    taken_up = sa.or_(a.c.end_code.is_not(None), a.c.ended_on.is_(None))
    last = (
        sa.select(sa.func.max(a.c.id)).where(a.c.dispute_id == d.c.id, taken_up).correlate(d).scalar_subquery()
    )  # fmt: skip
    m = f.of(Assignment)
    settled = sa.or_(m.c.end_code == EndCode.AGREEMENT, sa.and_(m.c.end_code == EndCode.SETTLED, m.c.mediated))
    ended = sa.case(
        (m.c.id.is_(None), "none"),
        (settled, "settled"),
        (m.c.end_code == EndCode.SETTLED, "withdrawn"),
        (m.c.end_code.is_not(None), "failed"),
        else_="running",
    )
    after = sa.case(
        (sa.exists().where(c.c.dispute_id == d.c.id), "filed"),
        (sa.exists().where(k.c.dispute_id == d.c.id), "confirmation"),
        (d.c.closed_at.is_not(None), "closed"),
        else_="open",
    )
    each = (
        sa.select(d.c.source, d.c.route, ended.label("ended"), after.label("after"), d.c.id)
        .select_from(d.outerjoin(m, m.c.id == last))
        .where(*rows.where)
        .subquery()
    )
    told = (each.c.source, each.c.route, each.c.ended, each.c.after)
    return db.session.execute(sa.select(*told, sa.func.count()).group_by(*told)).all()


# ---- month by month ---------------------------------------------------------------------------------------------------


def months(rows: Sequence[dict[str, Any]], least: int = 0) -> Picture:
    """Handed out, ended and succeeded before filing, month by month, as the president's page counts them."""
    names = [str(word) for word in labels.PICTURE_HEAD["months"]]
    keys = ("handed_out", "ended", "succeeded")
    marks = [f"{row['month'].first:%Y-%m}" for row in rows]
    spec = {
        "kind": "line",
        "labels": marks,
        "unit": str(labels.DISPUTES),
        "series": [
            {"name": names[place + 1], "values": [_number(row[key], least) for row in rows]}
            for place, key in enumerate(keys)
        ],
    }
    table = tuple(
        (mark, *(_shown(row[key], least) for key in keys), _rate(row, least))
        for mark, row in zip(marks, rows, strict=True)
    )
    return Picture("months", str(labels.PICTURE["months"]), with_breaks(spec), tuple(names), table)


def _rate(row: dict[str, Any], least: int) -> str:
    small = least and any(0 < row[key] < least for key in ("ended", "succeeded"))
    return "—" if small else str(row["rate"].percent)


def with_breaks(spec: dict[str, Any]) -> dict[str, Any]:
    """R7-11: from 2025 prior mediation happens in filed cases; a line that crosses it is marked there."""
    change = rules.REGIME_CHANGE.isoformat()
    marks = spec["labels"]
    at = next((mark for mark in marks if mark >= change[: len(mark)]), None)
    if at is None or at == marks[0]:
        return spec
    series = [_marked(one, at) for one in spec["series"]]
    return spec | {"series": series}


def _marked(series: dict[str, Any], at: str) -> dict[str, Any]:
    """One series with the mark of the change of 2025."""
    return series | {"breaks": [{"at": at, "name": str(labels.BREAK)}]}


# ---- small cells ------------------------------------------------------------------------------------------------------


def hidden(counts: Mapping[Any, int], least: int) -> set[Any]:
    """R7-13: the cells not told; where together they are still so few that a known whole gives them away, the next too."""
    small = {key for key, number in counts.items() if 0 < number < least}
    while small and sum(counts[key] for key in small) < least:
        rest = [key for key, number in counts.items() if number > 0 and key not in small]
        if not rest:
            break
        small.add(min(rest, key=lambda key: counts[key]))
    return small


def _number(number: int, least: int) -> int | None:
    """A cell not told is drawn as a gap."""
    return None if number < 0 or 0 < number < least else number


def _shown(number: int, least: int) -> int | str:
    """A small cell is written as less than the bound; one left out for its sake as left out."""
    if number < 0:
        return "—"
    return f"<{least}" if 0 < number < least else number


BY_NAME: dict[str, Callable[[int, Period, int], Picture]] = {"causes": cause_tree, "hours": heat_map, "flow": flow}
