"""The levers of the court on screen: who sees them, trying others on the past, setting them with a reason."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from mediation.assignment import services
from mediation.assignment.choice import Levers
from mediation.assignment.rules import Choice
from mediation.assignment.services import levers
from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted, Stale
from tests import builders

TRIAL = "/mediators/levers/trial"
WEIGHTS = "4-3-1-1-2-0-90-20"
LOAD_ONLY = "0-10-0-0-0-0-90-0"


@pytest.fixture
def chosen(clerk_li, mediator_wang):
    """Three disputes handed to whoever was suggested."""
    made = []
    for _number in range(3):
        dispute = builders.make_consented(clerk_li.as_actor())
        first = services.suggest(clerk_li.as_actor(), dispute).outcome.suggested
        made.append(services.issue(clerk_li.as_actor(), dispute, choice=Choice.DESIGNATED, mediator_id=first))
    db.session.commit()
    return made


def decision(**told: str) -> dict[str, str]:
    return {"number": "0", "weights": LOAD_ONLY, "valid_from": "今天", "reason": "案件应当均衡分配"} | told


@pytest.mark.parametrize("who", ["president_he", "clerk_li", "triage_sun"])
def test_levers_and_fairness_are_shown(request, client_for, chosen, who):
    page = client_for(request.getfixturevalue(who)).get("/mediators/levers")
    assert page.soup.find(id="now").find("td", string="4")
    people = page.soup.select("#everybody table tbody tr")
    assert {"王调解", "赵调解"} <= {row.find("th").get_text(strip=True) for row in people}
    numbers = [[int(cell.get_text()) for cell in row.select("td")[:2]] for row in people]
    assert sum(load for load, _given in numbers) == sum(given for _load, given in numbers) == 3


@pytest.mark.parametrize("url", ["/mediators/levers", TRIAL])
@pytest.mark.parametrize("who", ["mediator_wang", "organisation_user", "judge_wu", "auditor"])
def test_how_mediators_compare_is_for_president_and_registry(request, client_for, who, url):
    client_for(request.getfixturevalue(who)).get(url, status=403)


@pytest.mark.parametrize("who", ["mediator_wang", "judge_wu"])
def test_services_ask_again_who_may_weigh(request, president_he, who):
    actor, today = request.getfixturevalue(who).as_actor(), clock.today()
    with pytest.raises(NotPermitted):
        services.fair(actor, today, today)
    with pytest.raises(NotPermitted):
        services.experiment(actor, Levers(), today, today)


def test_the_levers_that_held_change_nothing(president_he, chosen):
    tried = services.experiment(president_he.as_actor(), Levers(), clock.today(), clock.today())
    assert (tried.total, tried.changes) == (3, [])
    assert tried.before == tried.after
    assert sum(tried.before.values()) == 3


def test_other_levers_on_the_same_past(client_for, president_he, chosen):
    """By load alone three disputes of one day are spread over both, whoever is strong in the cause."""
    asked = {"strength": 0, "load": 10, "rest": 0, "distance": 0, "language": 0, "success": 0, "margin": 0}
    page = client_for(president_he).get(TRIAL, query_string=asked)
    rows = page.soup.select("#result table")[0].select("tbody tr")
    after = sorted(int(row.select("td")[1].get_text()) for row in rows)
    assert after == [1, 2]
    before = sorted(int(row.select("td")[0].get_text()) for row in rows)
    changed = len(page.soup.select("#result details tbody tr"))
    assert bool(changed) == (before != after)
    # A thought only: nothing was written, and no version of the levers was made.
    assert levers.latest(president_he.as_actor()) == (0, Levers())


def test_nothing_was_chosen_in_that_time(client_for, clerk_li, chosen):
    before = (clock.today() - timedelta(days=30)).isoformat()
    page = client_for(clerk_li).get(TRIAL, query_string={"since": before, "until": before})
    assert page.soup.select("#result .empty")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"load": "11"}, "load"),
        ({"load": "-1"}, "load"),
        ({"load": "viel"}, "load"),
        ({"rest_days": "0"}, "rest_days"),
        ({"margin": "501"}, "margin"),
        ({"since": "2026-13-01"}, "since"),
    ],
)
def test_wrong_weights_are_said_beside_their_field(client_for, president_he, told, field):
    page = client_for(president_he).get(TRIAL, query_string=told, status=422)
    assert page.field(field) == told[field]
    assert page.errors()
    assert not page.soup.find(id="decide")


def test_a_period_that_ends_before_it_begins(client_for, president_he):
    page = client_for(president_he).get(TRIAL, query_string={"since": "2026-03-02", "until": "2026-03-01"}, status=422)
    assert page.field("until") == "2026-03-01"
    assert page.errors()


def test_too_many_choices_at_once(monkeypatch, president_he, chosen):
    monkeypatch.setattr("mediation.assignment.services.weighing.MOST_CHOICES", 2)
    with pytest.raises(DomainError) as refused:
        services.experiment(president_he.as_actor(), Levers(), clock.today(), clock.today())
    assert refused.value.field == "since"


def test_all_weights_nothing_is_refused(president_he):
    nothing = Levers(strength=0, load=0, rest=0, distance=0, language=0)
    with pytest.raises(DomainError):
        services.experiment(president_he.as_actor(), nothing, clock.today(), clock.today())


def test_the_president_sets_what_was_tried(client_for, president_he, chosen):
    browser = client_for(president_he)
    shown = browser.get(TRIAL).as_shown()
    assert shown["weights"] == [WEIGHTS]
    answer = browser.post("/mediators/levers", decision())
    assert answer.location.endswith("/mediators/levers")
    number, now = levers.on(president_he.court_id, clock.today())
    assert (number, now.load, now.strength) == (1, 10, 0)
    page = browser.get("/mediators/levers")
    assert "案件应当均衡分配" in page.soup.find(id="versions").get_text()
    assert "3 → 10" in page.soup.find(id="versions").get_text()
    kept = levers.history(president_he.as_actor())[0]
    event = db.session.scalars(sa.select(audit.AuditEvent).where(audit.AuditEvent.subject_type == "lever_set")).one()
    assert (event.subject_id, event.action, event.actor_id) == (kept.id, "lever_set.set", president_he.id)
    # Sent twice, one version.
    browser.post("/mediators/levers", decision(), status=409)
    assert levers.latest(president_he.as_actor())[0] == 1


@pytest.mark.parametrize("who", ["clerk_li", "mediator_wang", "judge_wu", "auditor"])
def test_nobody_but_the_president_sets_levers(request, client_for, who):
    browser = client_for(request.getfixturevalue(who))
    browser.post("/mediators/levers", decision(), status=403)
    assert levers.latest(request.getfixturevalue("president_he").as_actor())[0] == 0


def test_the_clerk_tries_but_is_offered_no_decision(client_for, clerk_li, chosen):
    page = client_for(clerk_li).get(TRIAL)
    assert page.soup.find(id="result")
    assert not page.soup.find(id="decide")


@pytest.mark.parametrize(
    "told",
    [{"reason": "  "}, {"valid_from": "2020-01-01"}, {"valid_from": ""}, {"weights": WEIGHTS}],
    ids=["no reason", "reaches back", "no day", "the same"],
)
def test_a_refused_decision_keeps_what_was_typed(client_for, president_he, told):
    page = client_for(president_he).post("/mediators/levers", decision(**told), status=422)
    assert page.errors()
    assert page.field("reason") == decision(**told)["reason"].strip()
    assert page.field("load") == ("3" if "weights" in told else "10")
    assert levers.latest(president_he.as_actor())[0] == 0


@pytest.mark.parametrize("weights", ["", "1-2", "a-b-c-d-e-f-g-h", "11-0-0-0-0-0-90-0", "4-3-1-1-2-0-0-20"])
def test_weights_nobody_could_have_tried(client_for, president_he, weights):
    client_for(president_he).post("/mediators/levers", decision(weights=weights), status=400)
    assert levers.latest(president_he.as_actor())[0] == 0


def test_two_presidents_at_once(president_he):
    actor, today = president_he.as_actor(), clock.today()
    levers.set_levers(actor, Levers(load=9), valid_from=today, reason="均衡", seen=0)
    with pytest.raises(Stale):
        levers.set_levers(actor, Levers(load=8), valid_from=today, reason="均衡", seen=0)
