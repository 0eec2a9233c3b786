"""How often the pages people open all day ask the database: few questions, and no more of them for more rows."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy import event

from mediation.accounts.models import User
from mediation.assignment.models import Assignment
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.roster import services as roster
from mediation.roster.rules import Category
from tests import builders
from tests.disputes.test_pages import typed
from tests.page import Browser

# ENGINEERING 3: no page issues more than twelve.
MOST = 12
MOST_OF_A_SAVE = 24
# What only opens or closes a transaction or a savepoint of the test is no question.
CONTROL = ("PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET TRANSACTION")

Counted = Callable[..., list[str]]


@pytest.fixture
def asked(app: object) -> Iterator[Counted]:
    """The statements that one fetch of a page sends."""
    heard: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith(CONTROL):
            heard.append(" ".join(statement.split()))

    engine = db.session.get_bind()

    def fetch(browser: Browser, url: str, sent: dict[str, str] | None = None) -> list[str]:
        browser.get(url)
        heard.clear()
        if sent is None:
            browser.get(url)
        else:
            browser.post(url, sent)
        return list(heard)

    event.listen(engine, "before_cursor_execute", hear)
    yield fetch
    event.remove(engine, "before_cursor_execute", hear)


def test_the_work_list_asks_as_often_for_thirty_disputes_as_for_one(
    clerk_li: User, client_for: Callable[[User], Browser], asked: Counted
) -> None:
    browser, clerk = client_for(clerk_li), clerk_li.as_actor()
    builders.make_dispute(clerk)
    one = asked(browser, "/disputes")
    for _ in range(29):
        builders.make_dispute(clerk)
    thirty = asked(browser, "/disputes")
    assert len(one) <= len(thirty) <= MOST, thirty
    assert len(thirty) == len(one)


@pytest.mark.parametrize("sort", ["due", "-due", "received", "-received", "stage", "cause", "number", "-number"])
def test_every_order_of_the_work_list_is_within_the_limit(
    clerk_li: User, client_for: Callable[[User], Browser], asked: Counted, sort: str
) -> None:
    builders.make_dispute(clerk_li.as_actor())
    assert len(asked(client_for(clerk_li), f"/disputes?sort={sort}")) <= MOST


def _session(clerk: Actor, mediator: Actor) -> Assignment:
    assignment = builders.accepted_assignment(clerk, mediator)
    builders.open_session(mediator, assignment)
    return assignment


def test_registering_a_dispute_asks_seldom(
    clerk_li: User, client_for: Callable[[User], Browser], asked: Counted
) -> None:
    """Half of it writes: number, dispute, parties, receipt, the trail and its head, the mark of the form."""
    found = asked(client_for(clerk_li), "/disputes/new", typed())
    assert len(found) <= MOST_OF_A_SAVE, found


STAGES: dict[str, Callable[[Actor, Actor], int]] = {
    "received": lambda clerk, _mediator: builders.make_dispute(clerk).id,
    "guided": lambda clerk, _mediator: builders.make_guided(clerk).id,
    "consented": lambda clerk, _mediator: builders.make_consented(clerk).id,
    "handed over": lambda clerk, _mediator: builders.make_assignment(clerk).dispute_id,
    "in session": lambda clerk, mediator: _session(clerk, mediator).dispute_id,
    "agreed": lambda clerk, mediator: builders.signed_agreement(clerk, mediator).dispute_id,
}


READERS = ("clerk_li", "judge_chen", "judge_zhou", "president_he")
# Before it is handed over no mediator knows of it.
KNOWN_TO_MEDIATORS = ("handed over", "in session", "agreed")


@pytest.mark.parametrize(
    ("reader", "stage"),
    [
        *((reader, stage) for reader in READERS for stage in sorted(STAGES)),
        *(("mediator_wang", stage) for stage in KNOWN_TO_MEDIATORS),
    ],
)
def test_the_page_of_a_dispute_is_within_the_limit(
    clerk_li: User, mediator_wang: User, client_for: Callable[[User], Browser], asked: Counted, reader: str, stage: str
) -> None:
    builders.make_dispute(clerk_li.as_actor())  # probably the same: the page says so
    made = STAGES[stage](clerk_li.as_actor(), mediator_wang.as_actor())
    found = asked(client_for(builders.someone(reader)), f"/disputes/{made}")
    assert len(found) <= MOST, found


def test_the_page_of_a_dispute_asks_as_often_for_many_parties_as_for_two(
    clerk_li: User, client_for: Callable[[User], Browser], asked: Counted
) -> None:
    browser, clerk = client_for(clerk_li), clerk_li.as_actor()
    people = [builders.a_tenant(name=f"申请人{n}", id_no="", phone=f"1390000{n:04d}") for n in range(5)]
    few, many = builders.make_guided(clerk), builders.make_guided(clerk, parties=[*people, builders.a_landlord()])
    assert len(asked(browser, f"/disputes/{few.id}")) == len(asked(browser, f"/disputes/{many.id}")) <= MOST


def test_the_presidents_page_is_within_the_limit(
    president_he: User, client_for: Callable[[User], Browser], asked: Counted
) -> None:
    assert len(asked(client_for(president_he), "/statistics?span=year")) <= MOST


ROSTER = (
    "/roster", "/roster/tree", "/roster/conduct", "/roster/allowances", "/roster/sheets", "/roster/mediators/{0}",
    "/roster/mediators/{0}/conduct", "/roster/mediators/{0}/training", "/roster/mediators/{0}/load", "/mediators/of/鲁0102",
)  # fmt: skip


@pytest.mark.parametrize("address", ROSTER)
def test_the_pages_of_the_lists_are_within_the_limit_however_many_are_listed(
    president_he: User, mediator_wang: User, client_for: Callable[[User], Browser], asked: Counted, address: str
) -> None:
    browser, url = client_for(president_he), address.format(mediator_wang.mediator_id)
    few = asked(browser, url)
    for n in range(12):
        roster.create_mediator(
            president_he.as_actor(), name=f"样例{n}", category=Category.INVITED, certificate_no=f"Q-{n}",
            certificate_expires_on=date(2099, 1, 1), strengths=["4.10", "10.35"],
        )  # fmt: skip
    many = asked(browser, url)
    assert len(many) <= MOST, many
    assert len(many) == len(few)
