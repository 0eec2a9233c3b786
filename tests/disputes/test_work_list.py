"""The work list keeps what it has read of a dispute until the trail tells of it: never a line longer than it is true."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from mediation.accounts.models import User
from mediation.disputes import services, worklist
from mediation.disputes.models import Dispute, Party
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.roster.models import Mediator
from tests import builders
from tests.page import Browser

Clients = Callable[[User], Browser]


def listed(browser: Browser, query: str = "") -> list[str]:
    """The lines as they are shown."""
    table = browser.get(f"/disputes{query}").soup.find("tbody")
    return [line.get_text(" ", strip=True) for line in table.find_all("tr")] if table else []


def _make_and_fail(clerk: Actor) -> None:
    with transaction():
        dispute = builders.make_dispute(clerk)
        dispute.id // 0


@pytest.fixture
def browser(client_for: Clients, clerk_li: User) -> Browser:
    return client_for(clerk_li)


def test_a_new_dispute_is_there_at_once_and_a_rolled_back_one_never(browser: Browser, clerk_li: User) -> None:
    clerk = clerk_li.as_actor()
    first = builders.make_dispute(clerk)
    db.session.commit()
    assert len(listed(browser)) == 1
    builders.make_dispute(clerk)
    db.session.commit()
    shown = listed(browser)
    assert len(shown) == 2
    assert any(first.receipt_no in line for line in shown)
    with pytest.raises(ZeroDivisionError):
        _make_and_fail(clerk)
    assert listed(browser) == shown


def test_a_corrected_name_stands_in_the_line(browser: Browser, clerk_li: User) -> None:
    kept, other = (builders.make_dispute(clerk_li.as_actor()) for _ in range(2))
    db.session.commit()
    before = listed(browser)
    party = db.session.scalars(sa.select(Party).where(Party.dispute_id == kept.id).order_by(Party.id)).first()
    assert party is not None
    with transaction():
        party.name = "欧阳明"
        audit.record(clerk_li.as_actor(), "correct", party)
    db.session.commit()
    after = listed(browser)
    assert sum("欧阳明" in line for line in after) == 1
    assert [line for line in after if other.receipt_no in line] == [line for line in before if other.receipt_no in line]


def test_a_step_moves_the_dispute_between_the_filters(browser: Browser, clerk_li: User) -> None:
    clerk = clerk_li.as_actor()
    dispute = builders.make_dispute(clerk)
    db.session.commit()
    assert listed(browser, "?show=closed") == []
    assert len(listed(browser)) == 1
    services.withdraw(clerk, dispute, reason="双方自行和解")
    db.session.commit()
    assert listed(browser) == []
    assert len(listed(browser, "?show=closed")) == 1


def test_the_days_left_are_counted_anew_each_day(client_for: Clients, clerk_li: User) -> None:
    builders.make_dispute(clerk_li.as_actor(), has_complaint=True)
    db.session.commit()
    shown = []
    for day in (clock.today(), clock.today() + timedelta(days=1)):
        with clock.pretend(clock.at(day, 10)):
            shown.append(listed(client_for(clerk_li)))
    assert shown[0] != shown[1]


def test_each_reader_has_the_own_language(browser: Browser, clerk_li: User) -> None:
    builders.make_dispute(clerk_li.as_actor())
    db.session.commit()
    assert "诉" in listed(browser)[0]
    browser.post("/preferences", {"locale": "en"})
    assert " v. " in listed(browser)[0]
    browser.post("/preferences", {"locale": "zh_Hans_CN"})
    assert "诉" in listed(browser)[0]


def test_a_mediator_called_otherwise_is_called_so_in_every_line(browser: Browser, clerk_li: User) -> None:
    builders.make_assignment(clerk_li.as_actor())
    db.session.commit()
    assert "王调解" in listed(browser)[0]
    mediator = db.session.scalars(sa.select(Mediator).where(Mediator.name == "王调解")).one()
    with transaction():
        mediator.name = "王和"
        audit.record(clerk_li.as_actor(), "change", mediator)
    db.session.commit()
    assert "王和" in listed(browser)[0]


def test_what_another_process_has_written_is_seen(browser: Browser, clerk_li: User) -> None:
    """The place in the trail is the database's: who wrote there does not matter."""
    dispute = builders.make_dispute(clerk_li.as_actor())
    db.session.commit()
    listed(browser)
    known = worklist._known[dispute.court_id]
    services.withdraw(clerk_li.as_actor(), db.session.get_one(Dispute, dispute.id), reason="双方自行和解")
    db.session.commit()
    worklist._known[dispute.court_id] = known
    assert listed(browser) == []
    assert clock.today() == known.day
