"""The lists on a real database."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from mediation.accounts.models import User
from mediation.kernel import audit, clock, keys
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.roster import services
from mediation.roster.models import Mediator
from mediation.roster.rules import Category, FeeMode, Ground, Obstacle, OrganisationKind, RosterStatus


def wang(user: User) -> Mediator:
    found = services.get_mediator(user.as_actor(), user.mediator_id or 0)
    assert found is not None
    return found


def test_everything_is_the_own_courts(clerk_li: User, clerk_of_other_court: User, mediator_wang: User) -> None:
    mine, stranger = clerk_li.as_actor(), clerk_of_other_court.as_actor()
    organisation = services.organisations(mine)[0]
    assert {m.name for m in services.list_active(mine)} == {"王调解", "赵调解"}
    assert services.list_active(stranger) == []
    assert services.organisations(stranger) == []
    assert services.streets(stranger) == []
    assert services.get_mediator(stranger, mediator_wang.mediator_id or 0) is None
    assert services.get_organisation(stranger, organisation.id) is None
    assert [m.name for m in services.members(mine, organisation)] == ["王调解"]


def test_entering_an_organisation_and_a_mediator(clerk_li: User) -> None:
    actor = clerk_li.as_actor()
    body = services.create_organisation(
        actor, name="济南市示范商事调解中心", kind=OrganisationKind.COMMERCIAL, fee_mode=FeeMode.MARKET
    )
    made = services.create_mediator(
        actor,
        name="周示范",
        category=Category.INVITED,
        certificate_no="A-100",
        certificate_expires_on=date(2030, 1, 1),
        organisation=body,
        strengths=["4.10.126", "4.10.126", "10.35.411"],
        id_no="370102196001011234",
        phone="13800001111",
    )
    assert made.person_key == keys.keyed_hash("id", "370102196001011234")
    assert "370102196001011234" not in str(vars(made))
    found = services.get_mediator(actor, made.id)
    assert found is not None
    assert found.organisation == body
    assert sorted(s.cause_code for s in found.strengths) == ["10.35.411", "4.10.126"]
    last = db.session.scalars(sa.select(audit.AuditEvent).order_by(audit.AuditEvent.id.desc())).first()
    assert last is not None
    assert (last.action, last.subject_id) == ("mediator.create", made.id)
    street = services.create_street(actor, name="建筑新村街道")
    services.create_street(actor, name="和平新村社区", parent=street)
    assert [s.name for s in services.streets(actor)][-2:] == ["建筑新村街道", "和平新村社区"]


def test_a_certificate_number_stands_once(clerk_li: User) -> None:
    with pytest.raises(sa.exc.IntegrityError), transaction():
        services.create_mediator(
            clerk_li.as_actor(),
            name="重号",
            category=Category.INVITED,
            certificate_no="A-001",
            certificate_expires_on=date(2030, 1, 1),
        )


def test_suspended_is_not_assignable_until_put_back(president_he: User, mediator_wang: User) -> None:
    actor, today = president_he.as_actor(), clock.today()
    assert services.assignable(wang(mediator_wang), today) == []
    services.decide(actor, wang(mediator_wang), "suspend", ground=Ground.COMPLAINT_EXAMINED, reason="投诉核查")
    assert wang(mediator_wang).status is RosterStatus.SUSPENDED
    assert services.assignable(wang(mediator_wang), today) == [Obstacle.NOT_ACTIVE]
    assert "王调解" not in {m.name for m in services.list_active(actor)}
    services.decide(actor, wang(mediator_wang), "reactivate", ground=Ground.COMPLAINT_EXAMINED, reason="查无实据")
    assert services.assignable(wang(mediator_wang), today) == []
    newest = services.history(wang(mediator_wang))[0]
    assert newest.action == "mediator.reactivate"
    assert newest.facts["article"] == "S4 art. 28"
    assert newest.facts["reason"] == "查无实据"


def test_an_expired_certificate_leaves_the_list_by_itself(clerk_li: User, mediator_wang: User) -> None:
    late = wang(mediator_wang).certificate_expires_on + timedelta(days=1)
    assert services.list_active(clerk_li.as_actor(), late) == []
    assert services.assignable(wang(mediator_wang), late) == [Obstacle.CERTIFICATE_EXPIRED]


def test_load_is_what_is_open(clerk_li: User, mediator_wang: User) -> None:
    assert services.loads(clerk_li.court_id) == {}
    found = wang(mediator_wang)
    assert services.assignable(found, clock.today(), load=found.max_open) == [Obstacle.FULL]


def test_only_the_president_decides(clerk_li: User, mediator_wang: User) -> None:
    with pytest.raises(NotPermitted), transaction():
        services.decide(clerk_li.as_actor(), wang(mediator_wang), "suspend", ground=Ground.LEAVE, reason="病假")
    assert wang(mediator_wang).status is RosterStatus.ACTIVE


def test_a_removed_mediator_is_not_removed_again(president_he: User, mediator_wang: User) -> None:
    actor = president_he.as_actor()
    services.decide(actor, wang(mediator_wang), "remove", ground=Ground.GIFTS, reason="收受财物，查证属实")
    with pytest.raises(IllegalStep), transaction():
        services.decide(actor, wang(mediator_wang), "remove", ground=Ground.GIFTS, reason="再次")


@pytest.mark.parametrize(
    ("step", "ground", "reason", "field"),
    [("remove", Ground.COMPLAINT_EXAMINED, "投诉", "ground"), ("suspend", Ground.FORCED, "  ", "reason")],
)
def test_a_decision_needs_a_ground_that_carries_it_and_a_reason(
    president_he: User, mediator_wang: User, step: str, ground: Ground, reason: str, field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        services.decide(president_he.as_actor(), wang(mediator_wang), step, ground=ground, reason=reason)
    assert refused.value.field == field
    assert refused.value.article
