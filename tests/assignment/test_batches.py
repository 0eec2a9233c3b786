"""Many disputes at once: each alone is handed over, accepted or refused; a batch goes on where it stopped."""

import pytest
import sqlalchemy as sa

from mediation.assignment import services
from mediation.assignment.batching import AT_A_GO, ItemStatus
from mediation.assignment.models import Batch, BatchItem
from mediation.assignment.rules import Choice, Status
from mediation.assignment.services import batches
from mediation.disputes import services as disputes
from mediation.disputes.rules import PartyRole
from mediation.intake import services as intake
from mediation.intake.rules import Answer, Manner
from mediation.intake.services import ConsentData
from mediation.kernel import audit, clock
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.roster.models import Organisation
from tests import builders
from tests.crowd import crowd


def applicant(dispute):
    return next(p for p in disputes.parties(dispute.id) if p.role is PartyRole.APPLICANT)


def becomes_somebody_else(actor, dispute, key: str) -> None:
    """The applicant is called the same and has another number, or none."""
    with transaction():
        applicant(dispute).id_key = key
        audit.record(actor, "edit", applicant(dispute))


@pytest.fixture
def three(clerk_li):
    """Disputes brought by one and the same applicant."""
    made = [builders.make_consented(clerk_li.as_actor()) for _number in range(3)]
    db.session.commit()
    return made


@pytest.fixture
def committee(clerk_li):
    return db.session.scalars(sa.select(Organisation).where(Organisation.court_id == clerk_li.court_id)).one()


def statuses(batch: Batch) -> list[ItemStatus]:
    return [item.status for item, _dispute in batches.items(batch)]


def test_every_waiting_dispute_of_the_creditor_is_listed(clerk_li, three):
    found = batches.together(clerk_li.as_actor(), three[0])
    assert [one.id for one in found.disputes] == [one.id for one in three]
    assert not found.more
    assert batches.count_together(clerk_li.as_actor(), three[1]) == 3


def test_who_is_called_alike_but_is_somebody_else_is_not_listed(clerk_li, three):
    becomes_somebody_else(clerk_li.as_actor(), three[2], "somebody else")
    assert [one.id for one in batches.together(clerk_li.as_actor(), three[0]).disputes] == [d.id for d in three[:2]]


def test_without_an_identity_number_nothing_is_put_together(clerk_li, three):
    becomes_somebody_else(clerk_li.as_actor(), three[0], "")
    assert batches.together(clerk_li.as_actor(), three[0]).disputes == []
    assert batches.count_together(clerk_li.as_actor(), three[0]) == 0


def test_the_clerk_hands_over_what_is_ticked(client_for, clerk_li, three, committee):
    browser = client_for(clerk_li)
    page = browser.get(f"/disputes/{three[0].id}/mediator")
    url = f"/disputes/{three[0].id}/mediator/together"
    assert page.soup.find("a", href=url)
    page = browser.get(url)
    assert len(page.soup.select("#disputes input[type=checkbox][checked]")) == 3
    sent = {"dispute_ids": [str(three[0].id), str(three[2].id)], "to": str(committee.id)}
    batch_url = browser.post(url, sent).location
    page = browser.get(batch_url)
    assert page.soup.find("progress")["value"] == "0"
    assert not page.soup.select("[data-begun]")
    browser.post(page.soup.select_one("[data-goes-on]")["action"])
    page = browser.get(batch_url)
    assert (page.soup.find("progress")["value"], page.soup.find("progress")["max"]) == ("2", "2")
    assert [services.open_of(one.id) is not None for one in three] == [True, False, True]
    assert services.open_of(three[0].id).organisation_id == committee.id
    made = db.session.scalars(sa.select(audit.AuditEvent).where(audit.AuditEvent.action == "batch.make")).one()
    assert made.actor_id == clerk_li.id


def test_each_goes_to_the_mediator_suggested_for_it(clerk_li, three):
    actor = clerk_li.as_actor()
    batch = batches.hand_over_together(actor, three[0], dispute_ids=[d.id for d in three], organisation_id=None)
    assert batches.go_on(actor, batch) == 0
    assert statuses(batch) == [ItemStatus.DONE] * 3
    for dispute in three:
        found = services.open_of(dispute.id)
        record = services.records_of(found)[0]
        assert found.mediator_id == record.suggested_id
        assert services.replayed(record, services.digests([record])[record.id]).same


def test_whom_both_sides_named_comes_before_the_draw(clerk_li, mediator_zhao, three):
    actor = clerk_li.as_actor()
    for party in disputes.parties(three[1].id):
        named = ConsentData(party.id, Answer.AGREES, preferred_mediator_id=mediator_zhao.mediator_id)
        intake.record_consent(actor, three[1], named)
    batch = batches.hand_over_together(actor, three[0], dispute_ids=[d.id for d in three], organisation_id=None)
    batches.go_on(actor, batch)
    found = services.open_of(three[1].id)
    assert (found.mediator_id, found.choice) == (mediator_zhao.mediator_id, Choice.JOINT)


def test_who_gave_the_dispute_back_is_no_longer_the_parties_choice(client_for, clerk_li, mediator_zhao, three):
    actor, dispute = clerk_li.as_actor(), three[0]
    for party in disputes.parties(dispute.id):
        named = ConsentData(party.id, Answer.AGREES, preferred_mediator_id=mediator_zhao.mediator_id)
        intake.record_consent(actor, dispute, named)
    first = services.issue(actor, dispute, choice=Choice.JOINT, mediator_id=mediator_zhao.mediator_id)
    services.decline(mediator_zhao.as_actor(), first, reason="身体原因")
    page = client_for(clerk_li).get(f"/disputes/{dispute.id}/mediator")
    assert not page.soup.find(id="joint")
    assert "王调解" in page.soup.find(id="suggested").get_text()
    assert "未选定同一调解员" not in page.soup.find(id="suggested").get_text()
    batch = batches.hand_over_together(actor, dispute, dispute_ids=[dispute.id], organisation_id=None)
    batches.go_on(actor, batch)
    assert statuses(batch) == [ItemStatus.DONE]
    found = services.open_of(dispute.id)
    assert (found.choice, found.mediator_id != mediator_zhao.mediator_id) == (Choice.DESIGNATED, True)


def test_one_that_may_not_be_handed_over_stops_only_itself(client_for, clerk_li, three):
    actor = clerk_li.as_actor()
    batch = batches.hand_over_together(actor, three[0], dispute_ids=[d.id for d in three], organisation_id=None)
    respondent = builders.party_ids(three[1].id)[-1]
    intake.withdraw_consent(actor, three[1], respondent, manner=Manner.SIGNED)
    batches.go_on(actor, batch)
    assert statuses(batch) == [ItemStatus.DONE, ItemStatus.REFUSED, ItemStatus.DONE]
    refused = batches.items(batch)[1][0]
    assert refused.article
    page = client_for(clerk_li).get(f"/batches/{batch.id}")
    assert refused.words in page.text
    # The words stay those of the court's language for whoever reads them in another.
    assert any("一" <= sign <= "鿿" for sign in refused.words)
    # Tried again it is refused again; the others are not touched.
    browser = client_for(clerk_li)
    browser.post(f"/batches/{batch.id}/again")
    assert statuses(batch)[1] is ItemStatus.WAITING
    browser.post(f"/batches/{batch.id}/progress")
    assert statuses(batch) == [ItemStatus.DONE, ItemStatus.REFUSED, ItemStatus.DONE]
    assert len(services.of_dispute(three[0].id)) == 1


def test_a_batch_goes_on_where_it_stopped(clerk_li, three):
    actor = clerk_li.as_actor()
    batch = batches.hand_over_together(actor, three[0], dispute_ids=[d.id for d in three], organisation_id=None)
    assert batches.go_on(actor, batch, most=1) == 2
    assert statuses(batch) == [ItemStatus.DONE, ItemStatus.WAITING, ItemStatus.WAITING]
    assert batches.go_on(actor, batch) == 0
    assert AT_A_GO > 2


def test_two_who_press_at_once_hand_over_once(fresh_app):
    actor = builders.someone("clerk_li").as_actor()
    made = [builders.make_consented(actor) for _number in range(3)]
    ids = [dispute.id for dispute in made]
    batch_id = batches.hand_over_together(actor, made[0], dispute_ids=ids, organisation_id=None).id
    with crowd(fresh_app) as run:
        ends = run([lambda: batches.go_on(actor, db.session.get_one(Batch, batch_id))] * 4)
    assert ends == {0: 4}
    assert statuses(db.session.get_one(Batch, batch_id)) == [ItemStatus.DONE] * 3
    assert [len(services.of_dispute(one)) for one in ids] == [1, 1, 1]


@pytest.mark.parametrize("ticked", [[], [999999]])
def test_nothing_or_something_else_ticked(client_for, clerk_li, three, ticked):
    url = f"/disputes/{three[0].id}/mediator/together"
    page = client_for(clerk_li).post(url, {"dispute_ids": [str(t) for t in ticked], "to": ""}, status=422)
    assert page.errors()
    assert db.session.scalar(sa.select(sa.func.count(Batch.id))) == 0


def test_a_dispute_of_somebody_else_is_not_smuggled_in(clerk_li, three):
    foreign = builders.make_consented(clerk_li.as_actor())
    becomes_somebody_else(clerk_li.as_actor(), foreign, "somebody else")
    with pytest.raises(DomainError):
        batches.hand_over_together(clerk_li.as_actor(), three[0], dispute_ids=[foreign.id], organisation_id=None)


@pytest.mark.parametrize(
    ("who", "status"),
    [("mediator_wang", 403), ("judge_wu", 403), ("president_he", 403), ("clerk_of_other_court", 404)],
)
def test_who_may_not_hand_over_together(request, client_for, clerk_li, three, who, status):
    browser = client_for(request.getfixturevalue(who))
    url = f"/disputes/{three[0].id}/mediator/together"
    browser.get(url, status=status)
    browser.post(url, {"dispute_ids": [str(three[0].id)], "to": ""}, status=status)
    assert db.session.scalar(sa.select(sa.func.count(Batch.id))) == 0


def test_the_service_asks_again_who_may(mediator_wang, three):
    with pytest.raises(NotPermitted):
        batches.together(mediator_wang.as_actor(), three[0])


@pytest.mark.parametrize("who", ["mediator_wang", "organisation_user", "clerk_of_other_court"])
def test_a_batch_of_the_registry_is_nobody_elses(request, client_for, clerk_li, three, who):
    batch = batches.hand_over_together(clerk_li.as_actor(), three[0], dispute_ids=[three[0].id], organisation_id=None)
    db.session.commit()
    browser = client_for(request.getfixturevalue(who))
    browser.get(f"/batches/{batch.id}", status=404)
    browser.post(f"/batches/{batch.id}/progress", status=404)
    browser.post(f"/batches/{batch.id}/again", status=404)
    assert statuses(batch) == [ItemStatus.WAITING]


# --- accepted together ------------------------------------------------------------------------------------------------


@pytest.fixture
def offered(clerk_li, three, committee):
    """Three disputes with the committee, not yet accepted."""
    actor = clerk_li.as_actor()
    batch = batches.hand_over_together(actor, three[0], dispute_ids=[d.id for d in three], organisation_id=committee.id)
    batches.go_on(actor, batch)
    db.session.commit()
    return [services.open_of(d.id) for d in three]


def test_an_organisation_accepts_what_is_ticked(client_for, organisation_user, mediator_wang, offered):
    browser = client_for(organisation_user)
    assert browser.get("/assignments").soup.find("a", href="/assignments/together")
    page = browser.get("/assignments/together")
    assert len(page.soup.select("#disputes input[checked]")) == 3
    sent = {
        "assignment_ids": [str(a.id) for a in offered[:2]], "mediator_id": "", "on": "今天", "free_of_ties": "y",
    }  # fmt: skip
    url = browser.post("/assignments/together", sent).location
    browser.post(url + "/progress")
    found = [services.get(organisation_user.as_actor(), a.id) for a in offered]
    assert [a.status for a in found] == [Status.ACCEPTED, Status.ACCEPTED, Status.ISSUED]
    assert {a.mediator_id for a in found[:2]} == {mediator_wang.mediator_id}
    assert found[0].accepted_on == clock.today()


@pytest.mark.parametrize("missing", ["free_of_ties", "on", "assignment_ids"])
def test_accepting_several_needs_every_answer(client_for, organisation_user, offered, missing):
    sent = {"assignment_ids": [str(offered[0].id)], "mediator_id": "", "on": "今天", "free_of_ties": "y"}
    del sent[missing]
    page = client_for(organisation_user).post("/assignments/together", sent, status=422)
    assert page.errors()
    assert services.get(organisation_user.as_actor(), offered[0].id).status is Status.ISSUED


def test_a_day_to_come_is_refused(client_for, organisation_user, offered):
    sent = {"assignment_ids": [str(offered[0].id)], "mediator_id": "", "on": "2999-01-01", "free_of_ties": "y"}
    page = client_for(organisation_user).post("/assignments/together", sent, status=422)
    assert page.field("on") == "2999-01-01"


def test_a_mediator_accepts_the_own_only(clerk_li, mediator_wang, mediator_zhao):
    own = builders.make_assignment(clerk_li.as_actor())
    with pytest.raises(DomainError):
        batches.accept_together(mediator_zhao.as_actor(), assignment_ids=[own.id], on=clock.today(), mediator_id=None)
    batch = batches.accept_together(
        mediator_wang.as_actor(), assignment_ids=[own.id], on=clock.today(), mediator_id=None
    )
    batches.go_on(mediator_wang.as_actor(), batch)
    assert statuses(batch) == [ItemStatus.DONE]
    assert batches.get(mediator_zhao.as_actor(), batch.id) is None


def test_what_was_answered_meanwhile_is_said(organisation_user, offered):
    actor = organisation_user.as_actor()
    batch = batches.accept_together(actor, assignment_ids=[offered[0].id], on=clock.today(), mediator_id=None)
    services.decline(actor, services.get(actor, offered[0].id), reason="超出受理范围")
    batches.go_on(actor, batch)
    assert statuses(batch) == [ItemStatus.REFUSED]


def test_a_member_who_is_not_suggested_needs_a_reason(organisation_user, mediator_zhao, offered):
    actor = organisation_user.as_actor()
    batch = batches.accept_together(
        actor, assignment_ids=[offered[0].id], on=clock.today(), mediator_id=mediator_zhao.mediator_id
    )
    batches.go_on(actor, batch)
    assert statuses(batch) == [ItemStatus.REFUSED]
    assert services.get(actor, offered[0].id).status is Status.ISSUED


def test_the_database_keeps_a_refusal_with_its_words(clerk_li, three):
    batch = batches.hand_over_together(clerk_li.as_actor(), three[0], dispute_ids=[three[0].id], organisation_id=None)
    told = sa.update(BatchItem.__table__).where(BatchItem.__table__.c.batch_id == batch.id)
    with pytest.raises(sa.exc.IntegrityError):
        db.session.connection().execute(told.values(status="refused", words=""))
    db.session.rollback()
