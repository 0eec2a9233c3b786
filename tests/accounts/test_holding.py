"""Who holds a role at a court, and whose account is open: one answer for the register, the reminders and the choices."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from mediation.accounts import services
from mediation.accounts.models import User
from mediation.kernel import audit, clock
from mediation.kernel.actor import Role, system
from mediation.kernel.db import db, transaction
from mediation.litigation import services as litigation


def put(user: User, **state: object) -> User:
    with transaction():
        for name, value in state.items():
            setattr(user, name, value)
        audit.record(system(user.court_id), "change", user)
    return user


def names(users) -> list[str]:
    return [user.login for user in users]


def test_the_open_accounts_of_one_court_that_hold_the_role(court, clerk_li, clerk_of_other_court):
    second = services.create_user(
        system(court.id), login="clerk_ma", name="Ma", roles={Role.CLERK, Role.TRIAGE}, password="Correct-horse-43"
    )
    assert names(services.holding(court.id, Role.CLERK)) == ["clerk_li", "clerk_ma"]
    assert names(services.holding(court.id, Role.GUIDING_JUDGE)) == ["judge_wu"]
    put(second, disabled_at=clock.now())
    assert names(services.holding(court.id, Role.CLERK)) == ["clerk_li"]
    assert names(services.holding(clerk_of_other_court.court_id, Role.CLERK)) == ["clerk_of_other_court"]


@pytest.mark.parametrize("days", [None, -1, 0, 1])
@pytest.mark.parametrize("closed", [False, True])
def test_a_question_to_the_database_and_the_account_itself_say_the_same(judge_zhou, days, closed):
    today = clock.today()
    last = today + timedelta(days=days) if days is not None else None
    put(judge_zhou, expires_on=last, disabled_at=clock.now() if closed else None)
    found = db.session.scalar(sa.select(User.id).where(User.id == judge_zhou.id, User.open_on(today)))
    assert (found is not None) is judge_zhou.is_open(today) is (not closed and days != -1)


def test_whose_account_is_past_its_last_day_is_not_offered_as_judge(clerk_li, judge_zhou):
    assert litigation.fast_track_judges(clerk_li.as_actor()) == [judge_zhou]
    put(judge_zhou, expires_on=clock.today() - timedelta(days=1))
    assert litigation.fast_track_judges(clerk_li.as_actor()) == []
