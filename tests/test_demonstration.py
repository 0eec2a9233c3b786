"""The demonstration court: made once, in every state, with a whole trail."""

import sqlalchemy as sa
from flask import Flask

from mediation.accounts.models import User
from mediation.assignment.models import Assignment
from mediation.cli import demonstration
from mediation.confirmation.models import Confirmation
from mediation.disputes.models import Dispute
from mediation.disputes.rules import Status
from mediation.kernel import audit, clock
from mediation.kernel.db import Base, db
from mediation.roster.models import Mediator, Organisation
from mediation.scheduling.models import Resource
from tests.conftest import make_app


def test_the_court_of_the_story_stands_with_its_disputes(tmp_path):
    app: Flask = make_app(f"sqlite:///{tmp_path / 'demo.sqlite'}", MODE="demonstration")
    with app.app_context():
        Base.metadata.create_all(db.engine)
        runner = app.test_cli_runner()
        first = runner.invoke(args=["demo"])
        assert first.exit_code == 0, first.output
        for model, number in ((Resource, 10), (Mediator, 22), (Organisation, 7)):
            assert db.session.scalar(sa.select(sa.func.count()).select_from(model)) == number
        seen = set(db.session.scalars(sa.select(Dispute.status)))
        assert seen == set(Status) - {Status.RETURNED}
        assert len(set(db.session.scalars(sa.select(Assignment.status)))) >= 6
        assert len(set(db.session.scalars(sa.select(Confirmation.status)))) >= 4
        users = db.session.scalar(sa.select(sa.func.count()).select_from(User))
        assert list(audit.verify()) == []
        again = runner.invoke(args=["demo"])
        assert again.exit_code == 0
        assert db.session.scalar(sa.select(sa.func.count()).select_from(User)) == users
        assert runner.invoke(args=["audit", "verify"]).exit_code == 0


def test_the_past_is_left_again():
    before = clock.now()
    with clock.pretend(clock.at(clock.today().replace(year=2020), 9)):
        assert clock.today().year == 2020
    assert clock.now() >= before


def test_only_in_demonstration_mode(fresh_app):
    answer = fresh_app.test_cli_runner().invoke(args=["demo"])
    assert answer.exit_code == 1
    assert "demonstration mode" in answer.output
    assert not fresh_app.extensions.get("demonstration_sign_ins")


def test_a_first_account_is_opened_and_closed(fresh_app):
    runner = fresh_app.test_cli_runner()
    made = runner.invoke(args=["user", "add", "neu", "--name", "新", "--role", "clerk", "--court", "鲁0102"])
    assert made.exit_code == 0, made.output
    assert (
        runner.invoke(args=["user", "add", "neu", "--name", "新", "--role", "clerk", "--court", "鲁0102"]).exit_code
        == 1
    )
    both = ["user", "add", "zwei", "--name", "二", "--role", "audit_admin", "--role", "clerk", "--court", "鲁0102"]
    assert runner.invoke(args=both).exit_code == 1
    assert runner.invoke(args=["user", "password", "neu"]).exit_code == 0
    assert runner.invoke(args=["user", "disable", "neu"]).exit_code == 0
    assert "closed" in runner.invoke(args=["user", "list"]).output
    assert demonstration.CODE == "鲁0102"


def test_a_court_is_installed_once_and_the_preset_is_named(fresh_app):
    runner = fresh_app.test_cli_runner()
    told = ["init", "--court", "鲁0104", "--name", "演示法院", "--centre", "演示中心"]
    assert runner.invoke(args=told).exit_code == 2
    assert runner.invoke(args=[*told, "--preset", "opinions-2025"]).exit_code == 0
    assert runner.invoke(args=[*told, "--preset", "opinions-2025"]).exit_code == 1
