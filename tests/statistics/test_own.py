"""Own figures: a mediator and an organisation read what their own cases come to, and nothing of anybody else's."""

from datetime import date

import pytest
import sqlalchemy as sa

from mediation.assignment.models import Assignment
from mediation.assignment.rating.models import Rating, RatingInvitation
from mediation.assignment.rating.rules import Check
from mediation.disputes.models import Dispute, Party
from mediation.disputes.rules import PartyKind, PartyRole
from mediation.kernel import clock
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db
from mediation.kernel.errors import NotPermitted
from mediation.roster.models import Mediator
from mediation.statistics import apart, own
from mediation.statistics.apart import Only
from mediation.statistics.catalogue import DEFINITIONS, Dimension, Figure
from mediation.statistics.rules import Part, Period
from tests import builders
from tests.everybody import allowed
from tests.statistics import dataset

QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))
ADDRESS = "first=2026-01-01&last=2026-03-31"


@pytest.fixture
def ids(court):
    return dataset.load(court.id)


@pytest.fixture
def of_wang(ids, mediator_wang):
    """The cases of the data set, of which four are somebody else's."""
    table = Assignment.__table__
    db.session.execute(sa.update(table).values(mediator_id=mediator_wang.mediator_id))
    other = db.session.scalars(sa.select(Mediator.id).where(Mediator.id != mediator_wang.mediator_id)).first()
    theirs = [ids[name] for name in ("D01", "D03", "D08", "D11")]
    db.session.execute(sa.update(table).where(table.c.dispute_id.in_(theirs)).values(mediator_id=other))
    return theirs


def rated(assignment_id: int, dispute_id: int, court_id: int, *scores: int, after: int = 0) -> None:
    """So many parties rated this mediation."""
    for place, score in enumerate(scores, after):
        party = dataset.put(
            Party, court_id=court_id, dispute_id=dispute_id, role=PartyRole.APPLICANT, kind=PartyKind.NATURAL, name=f"当事人{place}", position=place
        )  # fmt: skip
        told = {"court_id": court_id, "dispute_id": dispute_id, "assignment_id": assignment_id, "party_id": party}
        dataset.put(
            RatingInvitation, **told, digest=f"x{party}", asked_on=date(2026, 2, 1), asked_at=clock.now(),
            expires_at=clock.at(date(2099, 1, 1)),
        )  # fmt: skip
        dataset.put(Rating, **told, score=score, rated_on=date(2026, 2, 2), status=Check.NOT_NEEDED)


def test_who_reads_own_figures():
    assert allowed(own.rules.may_read_own, mediator_id=1, organisation_id=2) == {Role.MEDIATOR, Role.ORGANISATION}
    assert allowed(own.rules.may_read_own) == set()


def test_every_own_figure_can_be_taken_apart_by_mediator_and_body():
    for figure in own.OWN:
        for definition in (d for d in DEFINITIONS if d.figure is figure):
            assert {Dimension.MEDIATOR, Dimension.ORGANISATION} <= set(definition.dimensions)


def test_own_figures_are_the_line_of_the_court_s_own_table(of_wang, mediator_wang, president_he):
    actor = mediator_wang.as_actor()
    found = own.compared(actor, QUARTER)
    assert set(found) == set(own.OWN)
    key = str(mediator_wang.mediator_id)
    for figure, (now, _then, _year) in found.items():
        lines = {line.key: line for line in apart.by(actor.court_id, own.question(figure, QUARTER), Dimension.MEDIATOR)}
        line = lines.get(key)
        assert (now.numerator, now.denominator or 0) == ((line.numerator, line.denominator or 0) if line else (0, 0))
    assert (found[Figure.I03B][0].numerator, found[Figure.I03B][0].denominator) == (4, 6)


def test_a_body_reads_the_figures_of_all_its_mediators(of_wang, mediator_wang, organisation_user):
    actor = organisation_user.as_actor()
    only = Only(Dimension.ORGANISATION, str(actor.organisation_id))
    asked = own.question(Figure.I03B, QUARTER)
    assert own.answer(actor, asked) == apart.answers(actor.court_id, [asked], only)[0]
    assert own.line_of(actor) == only


def test_the_page_opens_to_own_cases_and_to_no_others(of_wang, ids, client_for, mediator_wang):
    browser = client_for(mediator_wang)
    page = browser.get(f"/statistics/own?{ADDRESS}")
    link = page.soup.select_one('a[href*="/statistics/own/I03b/denominator"]')
    cases = browser.get(link["href"])
    shown = {cell.get_text(strip=True) for cell in cases.soup.select("td.case-no")}
    theirs = set(db.session.scalars(sa.select(Dispute.receipt_no).where(Dispute.id.in_(of_wang))))
    assert len(shown) == 6
    assert not shown & theirs
    for href in [a["href"] for a in page.soup.select(".figure-counts a")]:
        opened = browser.get(href)
        rows = opened.soup.select("table.work-list tbody tr")
        number = int(next(a for a in page.soup.select(".figure-counts a") if a["href"] == href).get_text().split()[0])
        assert len(rows) == number or "days" in href or opened.soup.select("th.number")


def test_nothing_is_set_beside_anybody_else_s(of_wang, client_for, mediator_wang):
    text = client_for(mediator_wang).get(f"/statistics/own?{ADDRESS}").text
    for name in db.session.scalars(sa.select(Mediator.name).where(Mediator.id != mediator_wang.mediator_id)):
        assert name not in text


def test_a_mean_of_few_ratings_is_not_told_to_whom_it_concerns(of_wang, ids, mediator_wang, client_for):
    court_id, table = mediator_wang.court_id, Assignment.__table__
    mine = db.session.execute(sa.select(table.c.id).where(table.c.dispute_id == ids["D02"])).scalar_one()
    rated(mine, ids["D02"], court_id, 5, 4, 3, 4)
    asked = own.question(Figure.I18A, QUARTER)
    assert own.answer(mediator_wang.as_actor(), asked).text == "—"
    rated(mine, ids["D02"], court_id, 5, after=4)
    assert own.answer(mediator_wang.as_actor(), asked).text == "4.20"
    browser = client_for(mediator_wang)
    assert "4.20" in browser.get(f"/statistics/own?{ADDRESS}").text
    browser.get(f"/statistics/own/I18a/numerator?{ADDRESS}", status=404)
    assert own.rows(mediator_wang.as_actor(), asked, Part.DENOMINATOR) is None


def test_the_ratings_stand_in_the_yearly_evaluation(of_wang, ids, mediator_wang):
    court_id, table = mediator_wang.court_id, Assignment.__table__
    mine = db.session.execute(sa.select(table.c.id).where(table.c.dispute_id == ids["D02"])).scalar_one()
    rated(mine, ids["D02"], court_id, 5, 4)
    lines = {line.figure: line for line in own.of_year(court_id, mediator_wang.mediator_id, 2026)}
    assert (lines["I18a"].text, lines["I18a"].denominator, lines["I18b"].text) == ("4.50", 2, "100.00 %")
    assert own.of_year(court_id, mediator_wang.mediator_id, 2020)[0].numerator == 0


@pytest.mark.parametrize("query", ["first=2026-02-01&last=2026-01-01", "first=x&last=2026-01-01"])
def test_a_period_that_is_none_is_refused(client_for, mediator_wang, query):
    client_for(mediator_wang).get(f"/statistics/own?{query}", status=400)


def test_figures_that_are_nobody_s_own_are_not_found(client_for, mediator_wang):
    browser = client_for(mediator_wang)
    browser.get("/statistics/own/I07/numerator", status=404)
    browser.get("/statistics/own/I03b/middle", status=404)
    browser.get("/statistics/own/I99/numerator", status=404)
    browser.get("/statistics/own/I21a/denominator", status=404)
    browser.get("/statistics/own/I16a/numerator?way=flow", status=400)


def test_others_stay_outside(client_for, president_he, auditor):
    client_for(president_he).get("/statistics/own", status=403)
    client_for(auditor).get("/statistics/own", status=403)
    client_for(None).get("/statistics/own", status=401)
    with pytest.raises(NotPermitted):
        own.compared(Actor(1, president_he.court_id, frozenset({Role.MEDIATOR})), QUARTER)


def test_what_was_handed_back_is_counted_and_opens_no_more(client_for, clerk_li, mediator_wang):
    made = builders.make_assignment(clerk_li.as_actor())
    today = clock.today()
    page = client_for(mediator_wang).get(f"/statistics/own/I21a/numerator?first={today}&last={today}")
    assert page.soup.select_one(f'td.case-no a[href$="/{made.dispute_id}"]') is not None
