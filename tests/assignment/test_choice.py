"""Who may be suggested, what the points are, how the draw decides, and that a replay comes to the same result."""

import hashlib
import itertools
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation.assignment import choice, conflicts, replay
from mediation.assignment.choice import Body, Case, Levers, Part, Standing, Strength
from mediation.assignment.replay import Inputs
from mediation.assignment.rules import Finding
from mediation.roster.rules import Obstacle, Region, RosterStatus

TODAY = date(2026, 3, 2)
CAUSE = "4.10.116"
CASE = Case(CAUSE, TODAY, "SJ-1/2026-03-02/1")


def standing(number: int, *fields: str, load: int = 0, last: int | None = None, **over) -> Standing:
    told = {
        "mediator_id": number, "status": RosterStatus.ACTIVE, "certificate_expires_on": date(2030, 1, 1),
        "max_open": 30, "open_cases": load, "fields": fields,
        "last_issued_on": None if last is None else TODAY - timedelta(days=last),
    }  # fmt: skip
    return Standing(**(told | over))


def order(*standings: Standing, case: Case = CASE, **weights: int) -> list[int]:
    levers = Levers(**({"margin": 0} | weights))
    return [score.mediator_id for score in choice.decide(standings, case, levers).scores]


# --- who may be suggested ---------------------------------------------------------------------------------------------

BARS = [
    ({}, None),
    *(({"status": status}, Obstacle.NOT_ACTIVE) for status in RosterStatus if status is not RosterStatus.ACTIVE),
    ({"certificate_expires_on": TODAY}, None),
    ({"certificate_expires_on": TODAY - timedelta(days=1)}, Obstacle.CERTIFICATE_EXPIRED),
    ({"away": True}, Obstacle.ON_LEAVE),
    ({"open_cases": 29}, None),
    ({"open_cases": 30}, Obstacle.FULL),
    ({"organisation": Body(RosterStatus.ACTIVE)}, None),
    ({"organisation": Body(RosterStatus.SUSPENDED)}, Obstacle.ORGANISATION_NOT_ACTIVE),
    ({"organisation": Body(RosterStatus.ACTIVE, ("4.10",))}, None),
    ({"organisation": Body(RosterStatus.ACTIVE, ("4.1",))}, Obstacle.OUT_OF_SCOPE),
    ({"foreign_region": Region.HK}, Obstacle.OTHER_REGION),
    ({"listed_by": "中级法院"}, Obstacle.NO_CONSENT),
    ({"listed_by": "中级法院", "consented_on": TODAY + timedelta(days=1)}, Obstacle.NO_CONSENT),
    ({"listed_by": "中级法院", "consented_on": TODAY}, None),
    ({"organisation": Body(RosterStatus.ACTIVE, listed_by="中级法院")}, Obstacle.NO_CONSENT),
    ({"organisation": Body(RosterStatus.ACTIVE, listed_by="中级法院", consented_on=TODAY)}, None),
    *(({"ties": (tie,)}, tie) for tie in Finding if tie not in conflicts.WARNING),
    *(({"ties": (tie,)}, None) for tie in sorted(conflicts.WARNING)),
    *(({"ties": (tie,), "waived": True}, None) for tie in sorted(conflicts.WAIVABLE)),
    *(({"ties": (tie,), "waived": True}, tie) for tie in sorted(conflicts.BLOCKING)),
    # The list is asked before the ties: the first reason is the one that is told.
    ({"away": True, "ties": (Finding.SAME_PERSON,)}, Obstacle.ON_LEAVE),
]


@pytest.mark.parametrize(("facts", "wanted"), BARS)
def test_the_first_reason_why_somebody_may_not_be_suggested(facts, wanted):
    outcome = choice.decide([standing(1, **facts)], CASE, Levers())
    assert [one.reason for one in outcome.barred] == ([wanted] if wanted else [])
    assert outcome.suggested == (None if wanted else 1)
    assert all(one.article for one in outcome.barred)


def test_a_mediator_from_hong_kong_mediates_with_a_party_from_there():
    case = replace(CASE, regions=(Region.HK,))
    assert choice.decide([standing(1, foreign_region=Region.HK)], case, Levers()).suggested == 1


FAMILY = choice.Panel(3, "家事调解委员会")
BINDING = replace(FAMILY, binds=True)


@pytest.mark.parametrize(
    ("panels", "facts", "wanted"),
    [
        ((), {}, None),
        ((FAMILY,), {}, None),
        ((BINDING,), {}, Obstacle.OFF_PANEL),
        ((BINDING,), {"panels": (3,)}, None),
        # S4 art. 12: the parties choose together from the whole list.
        ((BINDING,), {"named": True}, None),
        ((BINDING, choice.Panel(4, "物业")), {"panels": (4,)}, Obstacle.OFF_PANEL),
        ((BINDING, choice.Panel(4, "物业", binds=True)), {"panels": (4,)}, None),
    ],
)
def test_from_a_panel_that_binds_the_court_designates_members_only(panels, facts, wanted):
    outcome = choice.decide([standing(1, **facts)], replace(CASE, panels=panels), Levers())
    assert [one.reason for one in outcome.barred] == ([wanted] if wanted else [])


def test_a_member_of_the_panel_counts_as_strong_in_the_very_cause():
    case = replace(CASE, panels=(FAMILY,))
    assert order(standing(1, "4.10"), standing(2, panels=(3,)), case=case) == [2, 1]
    assert choice.field(standing(2, panels=(3,)), case) is Strength.PANEL
    # A panel for other disputes is none here.
    assert choice.field(standing(2, panels=(4,)), case) is Strength.NONE
    assert choice.raw(Part.STRENGTH, standing(2, panels=(3,)), case, Levers()) == choice.FULL_POINTS


def test_panels_and_the_higher_list_are_kept_and_read_back():
    case = replace(CASE, panels=(BINDING, choice.Panel(4, "物业")))
    there = standing(
        1, panels=(3, 4), listed_by="中级法院", consented_on=TODAY,
        organisation=Body(RosterStatus.ACTIVE, listed_by="中级法院", consented_on=TODAY),
    )  # fmt: skip
    inputs = Inputs(case, (there, standing(2, named=True)), Levers())
    kept = json.loads(json.dumps(replay.as_data(inputs)))
    assert replay.inputs_of(kept) == inputs
    assert kept["case"]["panels"][0] == {"id": 3, "name": "家事调解委员会", "binds": True}
    # A choice kept before there were panels reads as it was.
    old = replay.inputs_of(replay.as_data(Inputs(CASE, (standing(1),), Levers())))
    assert (old.case.panels, old.standings[0].panels, old.standings[0].listed_by) == ((), (), "")


def test_nobody_is_suggested_when_nobody_passes_and_each_first_reason_is_counted():
    outcome = choice.decide([standing(1, away=True), standing(2, away=True), standing(3, load=30)], CASE, Levers())
    assert outcome.suggested is None
    assert choice.counted(outcome.barred) == [(Obstacle.ON_LEAVE, 2), (Obstacle.FULL, 1)]


# --- the points -------------------------------------------------------------------------------------------------------

FIELDS = [
    ((), Strength.NONE),
    (("",), Strength.NONE),
    (("4.1",), Strength.NONE),
    (("4",), Strength.GROUP),
    (("4.10",), Strength.GROUP),
    (("4.10.116",), Strength.CAUSE),
    (("4.10", "4.10.116"), Strength.CAUSE),
    (("4.10.116.1",), Strength.NONE),
]


@pytest.mark.parametrize(("fields", "wanted"), FIELDS)
def test_how_close_a_field_is(fields, wanted):
    assert choice.strength(fields, CAUSE) is wanted


NEAR = replace(CASE, street_id=7, languages=("en", "sign"))
RAW = [
    (Part.STRENGTH, standing(1), 0),
    (Part.STRENGTH, standing(1, "4"), 50),
    (Part.STRENGTH, standing(1, CAUSE), 100),
    (Part.LOAD, standing(1), 100),
    (Part.LOAD, standing(1, load=1), 96),
    (Part.LOAD, standing(1, load=15), 50),
    (Part.LOAD, standing(1, load=31), 0),
    (Part.LOAD, standing(1, max_open=0), 0),
    (Part.REST, standing(1), 100),
    (Part.REST, standing(1, last=0), 0),
    (Part.REST, standing(1, last=-3), 0),
    (Part.REST, standing(1, last=45), 50),
    (Part.REST, standing(1, last=900), 100),
    (Part.DISTANCE, standing(1), 0),
    (Part.DISTANCE, standing(1, street_id=8), 50),
    (Part.DISTANCE, standing(1, street_id=7), 100),
    (Part.LANGUAGE, standing(1), 0),
    (Part.LANGUAGE, standing(1, languages=("en",)), 50),
    (Part.LANGUAGE, standing(1, languages=("en", "ja", "sign")), 100),
    (Part.SUCCESS, standing(1), 50),
    (Part.SUCCESS, standing(1, agreed=1, ended=1), 66),
    (Part.SUCCESS, standing(1, agreed=0, ended=98), 1),
]


@pytest.mark.parametrize(("part", "mediator", "wanted"), RAW)
def test_what_each_part_is_worth(part, mediator, wanted):
    assert choice.raw(part, mediator, NEAR, Levers()) == wanted


def test_where_nobody_asked_for_a_language_and_no_street_is_known_nobody_gains():
    one = standing(1, street_id=7, languages=("en",))
    assert choice.raw(Part.LANGUAGE, one, CASE, Levers()) == choice.raw(Part.DISTANCE, one, CASE, Levers()) == 0


def test_success_weighs_nothing_unless_the_court_says_so():
    assert Levers().success == 0
    assert Part.SUCCESS not in Levers().parts
    good, bad = standing(1, agreed=50, ended=50), standing(2, agreed=0, ended=50)
    scores = {s.mediator_id: s.total for s in choice.decide([good, bad], CASE, Levers()).scores}
    assert scores[1] == scores[2]
    assert order(good, bad, success=5) == [1, 2]


def test_the_weightiest_part_comes_first():
    assert Levers(strength=1, load=5, rest=0).parts[:2] == (Part.LOAD, Part.LANGUAGE)
    assert Part.REST not in Levers(rest=0).parts


# --- the draw ---------------------------------------------------------------------------------------------------------


def test_the_published_rule_of_the_seed():
    assert choice.seed("SJ-2026-000001", TODAY, 2) == "SJ-2026-000001/2026-03-02/2"


def test_the_lot_is_sha256_of_seed_and_number():
    assert choice.lot("a", 7) == hashlib.sha256(b"a:7").hexdigest()[:16]


def test_only_who_is_within_the_margin_of_the_best_takes_part():
    best, near, far = standing(1), standing(2, load=2), standing(3, load=9)
    outcome = choice.decide([best, near, far], CASE, Levers(margin=21))
    drawn = [score.mediator_id for score in outcome.scores if score.drawn]
    assert sorted(drawn) == [1, 2]
    assert outcome.scores[-1].mediator_id == 3
    assert order(best, near, far) == [1, 2, 3]


def test_every_one_of_the_best_is_drawn_by_some_seed():
    equals = [standing(n) for n in range(1, 6)]
    first = {choice.decide(equals, replace(CASE, seed=str(n)), Levers()).suggested for n in range(60)}
    assert first == {1, 2, 3, 4, 5}


def test_whoever_had_the_dispute_before_comes_last_but_is_not_excluded():
    had, other = standing(1, CAUSE, earlier=True), standing(2, load=29)
    outcome = choice.decide([had, other], CASE, Levers())
    assert [s.mediator_id for s in outcome.scores] == [2, 1]
    assert choice.why_after(*outcome.scores, earlier={1}) is Part.EARLIER
    assert choice.decide([had], CASE, Levers()).suggested == 1


def test_an_earlier_turn_is_the_reason_even_where_the_points_are_fewer_too():
    had, other = standing(1, load=29, earlier=True), standing(2, CAUSE)
    first, last = choice.decide([had, other], CASE, Levers()).scores
    earlier = choice.had_before([had, other])
    assert earlier == {1}
    assert choice.why_after(first, last, earlier=earlier) is Part.EARLIER
    # The first version of the rule told the weightiest part; what it told stays as it was.
    assert choice.why_after(first, last, earlier=earlier, algorithm=1) is Part.STRENGTH


def test_among_those_who_all_had_it_before_the_lot_and_the_points_are_the_reason():
    both = [standing(1, CAUSE, earlier=True), standing(2, CAUSE, earlier=True), standing(3, load=29, earlier=True)]
    ranked = choice.decide(both, CASE, Levers()).scores
    earlier = choice.had_before(both)
    assert choice.why_after(ranked[0], ranked[1], earlier=earlier) is Part.LOT
    assert choice.why_after(ranked[0], ranked[2], earlier=earlier) is Part.STRENGTH


WHY = [
    (standing(1, "4.10"), standing(2, load=0), Part.STRENGTH),
    (standing(1), standing(2, load=9), Part.LOAD),
    (standing(1), standing(2, last=1), Part.REST),
    (standing(1, street_id=7), standing(2, street_id=8), Part.DISTANCE),
    (standing(1, languages=("en",)), standing(2), Part.LANGUAGE),
    (standing(1), standing(2), Part.LOT),
]


@pytest.mark.parametrize(("first", "other", "part"), WHY)
def test_the_first_reason_is_the_weightiest_part_in_which_the_other_stands_behind(first, other, part):
    ranked = choice.decide([first, other], NEAR, Levers(margin=0)).scores
    if part is not Part.LOT:
        assert [score.mediator_id for score in ranked] == [1, 2]
    assert choice.why_after(ranked[0], ranked[1]) is part


# --- for whatever facts -----------------------------------------------------------------------------------------------

WEIGHT = st.integers(0, choice.MOST_WEIGHT)
LEVERS = st.builds(
    Levers, strength=WEIGHT, load=WEIGHT, rest=WEIGHT, distance=WEIGHT, language=WEIGHT, success=WEIGHT,
    rest_days=st.integers(1, choice.LONGEST_REST), margin=st.integers(0, choice.WIDEST_MARGIN),
)  # fmt: skip
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
ENDED = st.integers(0, 200)
STANDING = st.builds(
    Standing, mediator_id=st.just(0), status=st.sampled_from(RosterStatus), certificate_expires_on=DAYS,
    max_open=st.integers(0, 60), open_cases=st.integers(0, 80), away=st.booleans(),
    organisation=st.none() | st.builds(Body, status=st.sampled_from(RosterStatus), accepted_causes=st.just(("4",))),
    foreign_region=st.sampled_from(Region), fields=st.lists(st.sampled_from(["4", "4.10", CAUSE, "9"]), max_size=3).map(tuple),
    last_issued_on=st.none() | DAYS, street_id=st.none() | st.integers(1, 4),
    languages=st.lists(st.sampled_from(["en", "ja", "sign"]), unique=True).map(tuple), agreed=ENDED, ended=ENDED,
    ties=st.lists(st.sampled_from(Finding), max_size=2, unique=True).map(tuple), waived=st.booleans(), earlier=st.booleans(),
)  # fmt: skip
CASES = st.builds(
    Case, cause_code=st.sampled_from([CAUSE, "9.1"]), on=DAYS, seed=st.text(max_size=20), street_id=st.none() | st.integers(1, 4),
    languages=st.lists(st.sampled_from(["en", "ja"]), unique=True).map(tuple),
    regions=st.lists(st.sampled_from(list(Region)[1:]), unique=True).map(tuple),
)  # fmt: skip
MANY = st.lists(STANDING, max_size=6).map(
    lambda found: [replace(s, mediator_id=n, agreed=min(s.agreed, s.ended)) for n, s in enumerate(found, 1)]
)


@given(MANY, CASES, LEVERS)
def test_everybody_stands_once_and_nobody_excluded_is_suggested(standings, case, levers):
    outcome = choice.decide(standings, case, levers)
    everybody = [s.mediator_id for s in outcome.scores] + [b.mediator_id for b in outcome.barred]
    assert sorted(everybody) == [s.mediator_id for s in standings]
    free = {s.mediator_id for s in standings if not choice.bars(s, case)}
    assert {s.mediator_id for s in outcome.scores} == free
    assert (outcome.suggested in free) if free else outcome.suggested is None
    for score in outcome.scores:
        assert 0 <= score.total <= levers.most
        assert all(type(worth) is int for _part, worth in score.points)
    drawn = [s for s in outcome.scores if s.drawn]
    assert [s.lot for s in drawn] == sorted(s.lot for s in drawn)
    assert bool(drawn) is bool(outcome.scores)


@given(MANY, CASES, LEVERS, st.randoms())
def test_the_order_in_which_the_list_is_read_changes_nothing(standings, case, levers, chance):
    shuffled = list(standings)
    chance.shuffle(shuffled)
    assert choice.decide(shuffled, case, levers) == choice.decide(standings, case, levers)


@given(MANY, CASES, LEVERS)
def test_what_is_kept_comes_back_as_it_was_and_replays_to_the_same(standings, case, levers):
    inputs = Inputs(case, tuple(standings), levers)
    kept = json.loads(json.dumps(replay.as_data(inputs)))
    assert replay.inputs_of(kept) == inputs
    result = json.loads(json.dumps(replay.result_of(inputs.decided())))
    verdict = replay.replay(kept, result, digest_kept=replay.digest(kept), algorithm=choice.ALGORITHM)
    assert verdict.same
    assert not verdict.other_algorithm


def test_less_load_never_loses_a_place_for_every_pair_of_loads():
    for mine, theirs in itertools.product(range(31), repeat=2):
        ranked = choice.decide([standing(1, load=mine), standing(2, load=theirs)], CASE, Levers(margin=0)).scores
        places = {score.mediator_id: place for place, score in enumerate(ranked)}
        if mine == 30 or theirs == 30:
            continue
        points = {score.mediator_id: score.total for score in ranked}
        assert (points[1] >= points[2]) is (mine <= theirs or points[1] == points[2])
        assert places[1] < places[2] or points[2] >= points[1]


# --- differences ------------------------------------------------------------------------------------------------------


def test_a_changed_fact_is_seen_and_the_difference_named():
    inputs = Inputs(CASE, (standing(1, CAUSE), standing(2), standing(3, away=True)), Levers())
    kept, result = replay.as_data(inputs), replay.result_of(inputs.decided())
    digest = replay.digest(kept)
    kept["mediators"][0]["open_cases"] = 29
    verdict = replay.replay(kept, result, digest_kept=digest, algorithm=choice.ALGORITHM)
    assert not verdict.untouched
    assert {(d.what, d.mediator_id) for d in verdict.differences} >= {("points", 1), ("total", 1)}


def test_a_changed_result_is_seen():
    inputs = Inputs(CASE, (standing(1, CAUSE), standing(2), standing(3, away=True)), Levers())
    kept, result = replay.as_data(inputs), replay.result_of(inputs.decided())
    result |= {"suggested": 2, "barred": []}
    verdict = replay.replay(kept, result, digest_kept=replay.digest(kept), algorithm=0)
    assert verdict.untouched
    assert not verdict.same
    assert verdict.other_algorithm
    assert [(d.what, d.mediator_id, d.kept, d.found) for d in verdict.differences] == [
        ("suggested", None, 2, 1), ("reason", 3, None, "on_leave"),
    ]  # fmt: skip


def test_a_changed_order_is_seen():
    inputs = Inputs(CASE, tuple(standing(n) for n in (1, 2, 3)), Levers())
    kept, result = replay.as_data(inputs), replay.result_of(inputs.decided())
    result["scores"][1:] = result["scores"][:0:-1]
    verdict = replay.replay(kept, result, digest_kept=replay.digest(kept), algorithm=1)
    assert [d.what for d in verdict.differences] == ["order"]
