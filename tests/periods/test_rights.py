"""What a party may do or leave: run out, it is nobody's delay, on no list and in no alert (CPL arts 128, 205; S2 art. 372)."""

from datetime import date

import pytest
import sqlalchemy as sa

from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.notices.models import Notice
from mediation.periods import services as periods
from mediation.periods.rights import RIGHTS
from mediation.periods.table import RULES, PeriodKey
from mediation.reminders import rules as reminders
from mediation.reminders import services as reminding
from mediation.reminders.rules import Stage
from tests.builders import make_dispute

BEGUN, AFTER = date(2026, 3, 2), date(2026, 4, 20)


@pytest.fixture
def dispute(clerk_li):
    with clock.pretend(clock.at(BEGUN, 9)):
        made = make_dispute(clerk_li.as_actor())
    for running in periods.of_dispute(made.id, running_only=True):
        periods.cancel(clerk_li.as_actor(), running, "test")
    db.session.commit()
    return made


def run_out(clerk_li, dispute, key):
    with clock.pretend(clock.at(BEGUN, 10)):
        found = periods.open_deadline(clerk_li.as_actor(), key, subject=dispute, dispute_id=dispute.id, start=BEGUN)
    db.session.commit()
    return found


def overdue_rows(client_for, user, dispute):
    page = client_for(user).get("/disputes?show=overdue")
    return page.soup.find_all("a", href=f"/disputes/{dispute.id}")


def test_a_right_is_shown_as_run_out_and_stands_on_no_list_of_what_is_late(client_for, clerk_li, dispute):
    found = run_out(clerk_li, dispute, PeriodKey.CONFIRM_OBJECT_PARTY)
    with clock.pretend(clock.at(AFTER, 10)):
        assert found.has_lapsed
        assert overdue_rows(client_for, clerk_li, dispute) == []
        page = client_for(clerk_li).get(f"/disputes/{dispute.id}")
        assert "期满未行使" in page.text
        assert "已逾期" not in page.soup.find("main").get_text()
        assert found.id not in {d.id for d in db.session.scalars(periods.due(clerk_li.as_actor()))}
        reminding.remind(clerk_li.as_actor())
    assert db.session.scalars(sa.select(Notice).where(Notice.kind == "deadline.late")).all() == []


def test_what_the_court_must_do_is_still_late(client_for, clerk_li, dispute):
    found = run_out(clerk_li, dispute, PeriodKey.FILING_DECISION)
    with clock.pretend(clock.at(AFTER, 10)):
        assert not found.has_lapsed
        assert overdue_rows(client_for, clerk_li, dispute)
        assert found.id in {d.id for d in db.session.scalars(periods.due(clerk_li.as_actor()))}


def test_while_it_runs_a_right_stands_in_the_list_with_its_days(client_for, clerk_li, dispute):
    run_out(clerk_li, dispute, PeriodKey.CONFIRM_OBJECT_PARTY)
    with clock.pretend(clock.at(date(2026, 3, 5), 10)):
        assert "还剩" in client_for(clerk_li).get("/disputes").soup.find("table").get_text()


def test_nobody_is_told_that_a_right_is_late():
    assert {rule.key for rule in RULES} >= RIGHTS
    assert all(reminders.readers(key, Stage.LATE) == () for key in RIGHTS)
