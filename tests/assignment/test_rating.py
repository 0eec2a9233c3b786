"""Ratings: after the end only, once by each party, at an address of one use; low ones are looked at by the registry."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from mediation.assignment import services as assignments
from mediation.assignment.rating import asking, checking
from mediation.assignment.rating.models import Rating, RatingInvitation
from mediation.assignment.rating.rules import Aspect, Check
from mediation.disputes import people
from mediation.kernel import clock
from mediation.kernel.actor import system
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.notices.models import Notice
from mediation.roster.conduct.models import Complaint
from mediation.roster.rules import Ground
from mediation.statistics.asking import Question, answer
from mediation.statistics.catalogue import Figure, Way
from mediation.statistics.rules import Period
from tests import builders

COUNTER = "/assignments/{}/ratings"


@pytest.fixture
def clerk(clerk_li):
    return clerk_li.as_actor()


@pytest.fixture
def over(clerk, mediator_wang):
    """A mediation that has ended with an agreement."""
    return builders.signed_agreement(clerk, mediator_wang.as_actor()).assignment


@pytest.fixture
def tenant(over):
    return people.parties(over.dispute_id)[0]


@pytest.fixture
def token(clerk, over, tenant):
    return asking.ask(clerk, over, tenant)


def rate(token, score=5, comment=""):
    return asking.rate(token, score=score, aspects={Aspect.ATTITUDE: 4}, comment=comment)


def actions():
    return set(db.session.scalars(sa.select(AuditEvent.action)))


# ---- the party -------------------------------------------------------------------------------------------------------


def test_a_party_rates_at_the_address_and_only_once(over, tenant, token, client_for):
    page = client_for(None).get(f"/rate/{token}")
    assert tenant.name not in page.text
    assert "民初" not in page.text
    sent = {"score": "2", "fairness": "1", "comment": "约好的时间等了很久。"}
    assert "不能再次使用" in client_for(None).post(f"/rate/{token}", sent, status=200).text
    made = db.session.scalars(sa.select(Rating)).one()
    assert (made.score, made.fairness, made.attitude, made.status) == (2, 1, None, Check.OPEN)
    assert (made.assignment_id, made.party_id) == (over.id, tenant.id)
    client_for(None).get(f"/rate/{token}", status=404)
    client_for(None).post(f"/rate/{token}", sent, status=404)
    assert {"rating.rate", "rating_invitation.use"} <= actions()
    facts = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "rating.rate")).one().facts
    assert "comment" not in facts


def test_what_was_typed_stays(token, client_for):
    page = client_for(None).post(f"/rate/{token}", {"comment": "很耐心"}, status=422)
    assert "很耐心" in page.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Rating)) == 0


def test_a_wrong_an_old_and_a_used_address_look_alike(token, client_for):
    unknown = client_for(None).get(f"/rate/{'x' * 43}", status=404).text
    with clock.pretend(clock.now() + timedelta(hours=73)):
        old = client_for(None).get(f"/rate/{token}", status=404).text
        assert rate(token) is None
    rate(token)
    used = client_for(None).get(f"/rate/{token}", status=404).text
    assert unknown == old == used


def test_the_address_is_kept_as_a_digest(token):
    kept = db.session.scalars(sa.select(RatingInvitation)).one()
    assert token not in kept.digest
    assert asking.invitation(token).id == kept.id


def test_a_new_address_takes_the_place_of_the_old(clerk, over, tenant, token):
    second = asking.ask(clerk, over, tenant)
    assert asking.invitation(token) is None
    assert asking.invitation(second) is not None
    assert db.session.scalar(sa.select(sa.func.count()).select_from(RatingInvitation)) == 1


def test_whoever_tries_many_addresses_is_slowed_down(client_for):
    browser = client_for(None)
    answers = [browser.client.get(f"/rate/{n:043d}").status_code for n in range(35)]
    assert answers == [404] * 30 + [429] * 5
    assert int(browser.client.get(f"/rate/{'y' * 43}").headers["Retry-After"]) > 0


def test_the_log_of_requests_never_holds_the_address(app, token):
    with app.test_request_context(f"/rate/{token}") as context:
        app.full_dispatch_request()
        seen = {name: context.request.environ.get(name, "") for name in ("RAW_URI", "PATH_INFO")}
    assert not any(token in value for value in seen.values())


# ---- asking ----------------------------------------------------------------------------------------------------------


def test_nobody_rates_before_the_end(clerk, mediator_wang):
    running = builders.accepted_assignment(clerk, mediator_wang.as_actor())
    party = people.parties(running.dispute_id)[0]
    with pytest.raises(DomainError) as refused:
        asking.ask(clerk, running, party)
    assert refused.value.article == "S4 art. 28"


def test_a_mediation_never_taken_up_is_not_rated(clerk, mediator_wang):
    issued = builders.make_assignment(clerk)
    assignments.decline(mediator_wang.as_actor(), issued, reason="当日有其他调解。")
    with pytest.raises(DomainError):
        asking.ask(clerk, issued, people.parties(issued.dispute_id)[0])


def test_only_a_party_of_the_dispute_is_asked(clerk, over, mediator_wang):
    other = builders.make_dispute(clerk)
    with pytest.raises(DomainError):
        asking.ask(clerk, over, people.parties(other.id)[0])


def test_the_mediator_asks_nobody(over, tenant, mediator_wang):
    with pytest.raises(NotPermitted):
        asking.ask(mediator_wang.as_actor(), over, tenant)


def test_who_has_rated_is_not_asked_again(clerk, over, tenant, token):
    rate(token)
    with pytest.raises(DomainError):
        asking.ask(clerk, over, tenant)


def test_the_daily_run_asks_each_party_once(app, clerk, over, monkeypatch):
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://fayuan.example/")
    wanted = len([p for p in people.parties(over.dispute_id) if p.phone])
    assert asking.ask_due(system(over.court_id)) == {"asked_to_rate": wanted}
    assert asking.ask_due(system(over.court_id)) == {"asked_to_rate": 0}
    texts = db.session.scalars(sa.select(Notice.text).where(Notice.kind == "rating")).all()
    assert len(texts) == wanted > 0
    assert all("https://fayuan.example/rate/" in text for text in texts)
    token = texts[0].split("/rate/")[1][:43]
    assert rate(token) is not None


def test_without_a_public_address_the_counter_asks(over):
    assert asking.ask_due(system(over.court_id)) == {"asked_to_rate": 0}


def test_what_ended_long_ago_is_not_asked_about(app, over, monkeypatch):
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://fayuan.example")
    with clock.pretend(clock.now() + timedelta(days=8)):
        assert asking.ask_due(system(over.court_id)) == {"asked_to_rate": 0}


def test_at_the_counter(client_for, clerk_li, over, tenant):
    client = client_for(clerk_li)
    assert tenant.name in client.get(COUNTER.format(over.id)).text
    page = client.post(f"{COUNTER.format(over.id)}/{tenant.id}", status=200)
    address = page.soup.select_one(".secret-address code").get_text()
    assert asking.invitation(address.rsplit("/", 1)[1]).party_id == tenant.id
    assert "rating_invitation.make" in actions()
    assert not client.get(COUNTER.format(over.id)).soup.select(".secret-address")


def test_at_the_counter_nobody_else(client_for, over, tenant, mediator_wang, clerk_of_other_court, clerk_li):
    client_for(mediator_wang).get(COUNTER.format(over.id), status=403)
    client_for(clerk_of_other_court).get(COUNTER.format(over.id), status=404)
    client_for(clerk_of_other_court).post(f"{COUNTER.format(over.id)}/{tenant.id}", status=404)
    client_for(clerk_li).post(f"{COUNTER.format(over.id)}/999999", status=404)


def test_at_the_counter_not_before_the_end(client_for, clerk_li, clerk, mediator_wang):
    running = builders.accepted_assignment(clerk, mediator_wang.as_actor())
    party = people.parties(running.dispute_id)[0]
    assert not client_for(clerk_li).get(COUNTER.format(running.id)).soup.select("main form")
    client_for(clerk_li).post(f"{COUNTER.format(running.id)}/{party.id}", status=409)


# ---- the registry ----------------------------------------------------------------------------------------------------


@pytest.fixture
def low(token):
    return rate(token, 1, "没有听我把话说完。")


def form_of(rating, **values):
    return {f"r{rating.id}-{name}": value for name, value in values.items()}


def test_a_low_rating_is_shown_to_the_registry_alone(
    low, client_for, clerk_li, mediator_wang, president_he, clerk_of_other_court
):
    assert "没有听我把话说完" in client_for(clerk_li).get("/ratings").text
    assert "没有听我把话说完" not in client_for(clerk_of_other_court).get("/ratings").text
    client_for(mediator_wang).get("/ratings", status=403)
    client_for(president_he).get("/ratings", status=403)
    assert db.session.scalar(checking.waiting(clerk_li.as_actor())) == 1


def test_a_good_rating_needs_nobody(token, client_for, clerk_li):
    rate(token, 4, "很满意")
    assert "很满意" not in client_for(clerk_li).get("/ratings").text
    assert db.session.scalar(checking.waiting(clerk_li.as_actor())) == 0


def test_no_cause_is_kept_with_its_reason(low, client_for, clerk_li):
    client_for(clerk_li).post(
        f"/ratings/{low.id}/check", form_of(low, step="clear", ground="ethics", note="已向双方了解。")
    )
    found = db.session.get(Rating, low.id)
    assert (found.status, found.note, found.complaint_id) == (Check.CLEARED, "已向双方了解。", None)
    assert "rating.clear" in actions()
    client_for(clerk_li).post(
        f"/ratings/{low.id}/check", form_of(low, step="clear", ground="ethics", note="再次"), status=409
    )


def test_a_finding_on_a_rating_read_long_ago(low, clerk):
    db.session.commit()
    checking.clear(clerk, low, note="已向双方了解。")
    assert low.status is Check.CLEARED


def test_cause_becomes_a_complaint(low, over, tenant, client_for, clerk_li):
    told = form_of(low, step="complain", ground=Ground.ETHICS.value, note="当事人称未听取意见。")
    client_for(clerk_li).post(f"/ratings/{low.id}/check", told)
    complaint = db.session.scalars(sa.select(Complaint)).one()
    assert (complaint.mediator_id, complaint.complainant) == (over.mediator_id, tenant.name)
    assert db.session.get(Rating, low.id).complaint_id == complaint.id
    assert {"rating.complain", "complaint.receive"} <= actions()
    with pytest.raises(IllegalStep):
        checking.complain(clerk_li.as_actor(), db.session.get(Rating, low.id), ground=Ground.ETHICS, note="再次")
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Complaint)) == 1


def test_a_finding_needs_words_and_keeps_them(low, client_for, clerk_li, clerk_of_other_court, mediator_wang):
    page = client_for(clerk_li).post(f"/ratings/{low.id}/check", form_of(low, note="没有选择"), status=422)
    assert "没有选择" in page.text
    client_for(clerk_of_other_court).post(f"/ratings/{low.id}/check", form_of(low, step="clear", note="无"), status=404)
    client_for(mediator_wang).post(f"/ratings/{low.id}/check", form_of(low, step="clear", note="无"), status=403)
    assert db.session.get(Rating, low.id).status is Check.OPEN


# ---- the figure ------------------------------------------------------------------------------------------------------


def test_the_figures_of_satisfaction(clerk, over, token):
    rate(token, 4)
    asking.ask(clerk, over, people.parties(over.dispute_id)[1])
    today = Period(clock.today(), clock.today())
    mean = answer(over.court_id, Question(Figure.I18A, Way.FLOW, today))
    assert (mean.numerator, mean.denominator, mean.text) == (4, 1, "4.00")
    response = answer(over.court_id, Question(Figure.I18B, Way.COHORT, today))
    assert (response.numerator, response.denominator, response.text) == (1, 2, "50.00 %")


def test_the_cases_behind_it_open(client_for, president_he, over, token):
    rate(token, 3)
    first = clock.today().isoformat()
    page = client_for(president_he).get(f"/statistics/figure/I18a?first={first}&last={first}")
    assert "3.00" in page.text
