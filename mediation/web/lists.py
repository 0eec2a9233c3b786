"""Pages of a list: one row more than shown tells whether there is a next page, so nothing is counted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import request, url_for

from mediation.kernel.db import db

SIZE = 50


@dataclass(frozen=True)
class Page:
    """One page of rows, with the addresses of its neighbours."""

    rows: Sequence[Any]
    number: int
    has_next: bool

    def url(self, number: int) -> str:
        """The same list on another page, with its filters."""
        args = request.args.to_dict(flat=False) | dict(request.view_args or {})
        return url_for(str(request.endpoint), **(args | {"page": number}))


def asked() -> int:
    """The page number in the address, at least 1."""
    return max(1, min(request.args.get("page", 1, type=int) or 1, 100_000))


def page(statement: sa.Select[Any], *, size: int = SIZE) -> Page:
    """The asked page of a statement that orders its rows totally. Rows are tuples; entities come alone."""
    number = asked()
    found = db.session.execute(statement.limit(size + 1).offset((number - 1) * size)).all()
    rows = [row[0] if len(row) == 1 else tuple(row) for row in found[:size]]
    return Page(rows, number, len(found) > size)


def address_of(endpoint: str) -> Callable[[int], str]:
    """The addresses of many disputes' pages: built once, not for each line."""
    before, after = around(endpoint)
    return lambda dispute_id: f"{before}{dispute_id}{after}"


def around(endpoint: str) -> tuple[str, str]:
    """What stands before and after the number of a dispute in its address."""
    before, _zero, after = url_for(endpoint, dispute_id=0).partition("/0")
    return f"{before}/", after
