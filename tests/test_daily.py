"""The daily run acts once, however often it runs."""

from datetime import timedelta

from mediation.assignment.rules import Status
from mediation.kernel import audit, clock
from mediation.kernel.db import db
from tests import builders


def test_what_nobody_accepted_goes_back_and_what_is_late_is_marked_once(fresh_app):
    clerk, mediator = builders.someone("clerk_li").as_actor(), builders.someone("mediator_wang").as_actor()
    with clock.pretend(clock.at(clock.today() - timedelta(days=60), 9)):
        late = builders.accepted_assignment(clerk, mediator)
        waiting = builders.make_assignment(clerk, builders.make_consented(clerk))
    late_id, waiting_id = late.id, waiting.id
    runner = fresh_app.test_cli_runner()
    first = runner.invoke(args=["daily"])
    assert first.exit_code == 0, first.output
    assert "1 not accepted in time, 1 newly overdue" in first.output
    second = runner.invoke(args=["daily"])
    assert "1 newly overdue" not in second.output
    assert "1 not accepted" not in second.output
    db.session.expire_all()
    assert db.session.get(type(late), waiting_id).status is Status.DECLINED
    assert db.session.get(type(late), late_id).overdue_at is not None
    assert list(audit.verify()) == []
