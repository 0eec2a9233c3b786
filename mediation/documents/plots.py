"""Charts on paper: the same descriptions the screen draws (`static/js/charts.js`), as SVG of our own; pictures, not text."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mediation.documents.marks import picture, written

WIDTH = 1000
COURT, SOON, DONE, BLUE, PLUM, LINE, INK = "#0f4c5c", "#b25e09", "#2e6b3e", "#6b7f99", "#7a5c86", "#b9b4a6", "#1f2933"
PALETTE = (COURT, SOON, DONE, BLUE, PLUM, LINE)
DASHES = ("", "14 8", "3 7")
LETTER = 20
Parts = list[str]


def _svg(height: float, parts: Sequence[str]) -> str:
    return picture(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}">{"".join(parts)}</svg>'
    )  # fmt: skip


def _line(x1: float, y1: float, x2: float, y2: float, colour: str = LINE, width: float = 1.5, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width}"{dashed}/>'
    )  # fmt: skip


def _box(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{max(height, 0):.1f}" fill="{colour}"/>'


def _steps(most: float) -> tuple[float, int]:
    """A round step and how many of them reach the highest value."""
    if most <= 0:
        return 1, 1
    step = 1.0
    while most / step > 6:  # noqa: PLR2004 so many lines can be read
        step *= 2.5 if f"{step:g}".startswith("2") else 2
    return step, int(-(-most // step))


# ---- lines and bars ---------------------------------------------------------------------------------------------------


def _frame(spec: Mapping[str, Any], height: float) -> tuple[Parts, Callable[[float], float], float, float]:
    """The axes and their words; how high a value stands."""
    values = [value for one in spec["series"] for value in one["values"] if value is not None]
    step, count = _steps(max(values, default=0))
    left, top, foot = 90.0, 50.0, height - 50
    parts: Parts = []

    def place(value: float) -> float:
        return foot - (foot - top) * value / (step * count)

    for number in range(count + 1):
        parts.append(_line(left, place(step * number), WIDTH, place(step * number), LINE, 1))
        parts.append(written(f"{step * number:g}", left - 10, place(step * number) + 7, LETTER, INK, "end"))
    width = (WIDTH - left) / max(len(spec["labels"]), 1)
    every = max(1, -(-len(spec["labels"]) * 95 // int(WIDTH - left)))
    for number, label in enumerate(spec["labels"]):
        if number % every == 0:
            parts.append(written(label, left + width * (number + 0.5), foot + 32, LETTER, INK, "middle"))
    for number, one in enumerate(spec["series"]):
        x = left + number * 220
        parts.append(_box(x, 8, 26, 16, PALETTE[number % len(PALETTE)]))
        parts.append(written(one["name"], x + 34, 24, LETTER, INK))
    return parts, place, left, width


def lines(spec: Mapping[str, Any]) -> str:
    """Values over time; a gap in the figures is a gap in the line, a break is marked (R7-11)."""
    height = 380.0
    parts, place, left, width = _frame(spec, height)
    for number, one in enumerate(spec["series"]):
        colour, dash = PALETTE[number % len(PALETTE)], DASHES[number % len(DASHES)]
        before: tuple[float, float] | None = None
        for at, value in enumerate(one["values"]):
            if value is None:
                before = None
                continue
            here = (left + width * (at + 0.5), place(value))
            if before:
                parts.append(_line(*before, *here, colour, 3, dash))
            parts.append(f'<circle cx="{here[0]:.1f}" cy="{here[1]:.1f}" r="4.5" fill="{colour}"/>')
            before = here
        for mark in one.get("breaks", ()):
            x = left + width * (spec["labels"].index(mark["at"]) + 0.5)
            parts.append(_line(x, 50, x, height - 50, INK, 1.5, "5 5"))
            parts.append(written(mark["name"], x + 6, 46, LETTER - 2, INK))
    return _svg(height, parts)


def bars(spec: Mapping[str, Any]) -> str:
    """Values side by side."""
    height = 380.0
    parts, place, left, width = _frame(spec, height)
    count = len(spec["series"])
    thick = min(36.0, width * 0.8 / max(count, 1))
    for number, one in enumerate(spec["series"]):
        for at, value in enumerate(one["values"]):
            x = left + width * (at + 0.5) - thick * count / 2 + thick * number
            top = place(value or 0)
            parts.append(_box(x, top, thick - 3, place(0) - top, PALETTE[number % len(PALETTE)]))
    return _svg(height, parts)


# ---- tree, heat map, flow ---------------------------------------------------------------------------------------------

ROW = 34.0
# So many levels stand on paper, as on the screen before anything is opened.
DEPTH = 2


def tree(spec: Mapping[str, Any]) -> str:
    """Each below the one it belongs to, with its number."""
    parts: Parts = []
    row = 0

    def draw(node: Mapping[str, Any], level: int, above: tuple[float, float] | None) -> None:
        nonlocal row
        x, y = 12 + level * 60.0, 24 + row * ROW
        row += 1
        if above:
            parts.append(_line(above[0], above[1] + 8, above[0], y, LINE, 2))
            parts.append(_line(above[0], y, x - 8, y, LINE, 2))
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="{COURT}"/>')
        shown = "<5" if node["value"] is None else node["value"]
        parts.append(written(f"{node['name']}　{shown}", x + 16, y + 7, LETTER, INK))
        if level < DEPTH:
            for one in node["children"]:
                draw(one, level + 1, (x, y))

    draw(spec["root"], 0, None)
    return _svg(row * ROW + 20, parts)


def _shade(share: float) -> str:
    """From the paper to the court's colour."""
    ends = ((243, 246, 246), (15, 76, 92))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(*ends, strict=True))


def heat(spec: Mapping[str, Any]) -> str:
    """Lines by columns, the darker the more."""
    left, top, tall = 80.0, 10.0, 44.0
    wide = (WIDTH - left) / max(len(spec["columns"]), 1)
    most = max((cell[2] or 0 for cell in spec["cells"]), default=0) or 1
    parts: Parts = []
    for number, name in enumerate(spec["lines"]):
        parts.append(written(name, left - 12, top + tall * number + 29, LETTER, INK, "end"))
    foot = top + tall * len(spec["lines"])
    for number, name in enumerate(spec["columns"]):
        parts.append(written(name, left + wide * (number + 0.5), foot + 28, LETTER, INK, "middle"))
    for column, line, value in spec["cells"]:
        share = (value or 0) / most
        x, y = left + wide * column, top + tall * line
        parts.append(_box(x + 1, y + 1, wide - 2, tall - 2, _shade(share)))
        if value:
            colour = "#ffffff" if share > 0.55 else INK  # noqa: PLR2004 on the dark half of the scale
            parts.append(written(str(value), x + wide / 2, y + 29, LETTER - 2, colour, "middle"))
    return _svg(foot + 44, parts)


def flow(spec: Mapping[str, Any]) -> str:
    """Streams from stage to stage, as thick as the disputes in them are many."""
    height, gap, bar = 640.0, 22.0, 18.0
    stages: dict[int, list[Mapping[str, Any]]] = {}
    for node in spec["nodes"]:
        stages.setdefault(node["stage"], []).append(node)
    if not stages:
        return _svg(40, [])
    most = max(sum(node["value"] for node in nodes) for nodes in stages.values())
    longest = max(len(nodes) for nodes in stages.values())
    scale = (height - 20 - gap * (longest - 1)) / max(most, 1)
    x_of = {stage: 4 + (WIDTH - bar - 8) * n / max(len(stages) - 1, 1) for n, stage in enumerate(sorted(stages))}
    top: dict[str, float] = {}
    parts: Parts = []
    words: Parts = []
    last = max(stages)
    for stage, nodes in stages.items():
        y = 10.0
        for number, node in enumerate(nodes):
            tall = max(node["value"] * scale, 2)
            top[node["id"]] = y
            words.append(_box(x_of[stage], y, bar, tall, PALETTE[number % len(PALETTE)]))
            end = stage == last
            x = x_of[stage] - 8 if end else x_of[stage] + bar + 8
            words.append(
                written(f"{node['name']} {node['value']}", x, y + tall / 2 + 7, LETTER, INK, "end" if end else "start")
            )
            y += tall + gap
    colours = {node["id"]: PALETTE[n % len(PALETTE)] for nodes in stages.values() for n, node in enumerate(nodes)}
    stage_of = {node["id"]: node["stage"] for node in spec["nodes"]}
    out, into = dict(top), dict(top)
    for link in spec["links"]:
        tall = link["value"] * scale
        start, end = link["from"], link["to"]
        x1, x2 = x_of[stage_of[start]] + bar, x_of[stage_of[end]]
        y1, y2 = out[start] + tall / 2, into[end] + tall / 2
        out[start] += tall
        into[end] += tall
        mid = (x1 + x2) / 2
        parts.append(
            f'<path d="M{x1:.1f} {y1:.1f}C{mid:.1f} {y1:.1f} {mid:.1f} {y2:.1f} {x2:.1f} {y2:.1f}" fill="none" '
            f'stroke="{_paler(colours[start])}" stroke-width="{max(tall, 1):.1f}"/>'
        )
    return _svg(height, parts + words)


def _paler(colour: str) -> str:
    """A third of the colour on white: an archival file mixes no layers."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * 0.35):02x}" for part in parts)


KINDS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "line": lines, "bar": bars, "tree": tree, "heat": heat, "flow": flow,
}  # fmt: skip


def drawn(spec: Mapping[str, Any]) -> str:
    """The picture of a chart."""
    return KINDS[spec["kind"]](spec)
