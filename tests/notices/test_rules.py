"""The channel of a notice, the worker's patience and the ways of service (CPL 87-95; S11): without a database."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from mediation.kernel.actor import CASEWORK, COURT, Role
from mediation.notices import discretion, rules, wording
from mediation.notices.rules import Channel, Fallback, Obstacle, Problem, ReturnCause, ServiceMethod, Way
from tests.everybody import OTHER, OWN, actor, allowed


@dataclass(frozen=True)
class Notice:
    court_id: int = OWN


WITH_NOTICE = {
    rules.may_deliver: {Role.CLERK, Role.TRIAGE, Role.MEDIATOR, Role.ORGANISATION},
    rules.may_supersede: {*CASEWORK, None},
}


@pytest.mark.parametrize("question", WITH_NOTICE)
def test_who_may(question):
    assert allowed(lambda who: question(who, Notice())) == WITH_NOTICE[question]
    assert allowed(lambda who: question(who, Notice()), court_id=OTHER) == set()


def test_who_serves_and_what_only_the_machine_reports():
    assert allowed(rules.may_serve) == COURT - {Role.PRESIDENT}
    assert allowed(lambda who: rules.is_machine(who, Notice())) == {None}
    assert allowed(lambda who: rules.is_machine(who, Notice(OTHER))) == set()
    assert not rules.may_supersede(actor(), Notice())


@pytest.mark.parametrize(
    ("attempts", "problem", "minutes"),
    [
        (1, Problem.UNREACHABLE, 1),
        (2, Problem.TIMED_OUT, 5),
        (3, Problem.GARBLED, 15),
        (4, Problem.FAULTY, 60),
        (5, Problem.UNREACHABLE, 240),
        (6, Problem.UNREACHABLE, None),
        (1, Problem.BAD_ADDRESS, None),
        (1, Problem.REFUSED, None),
        (1, Problem.NOT_CONFIGURED, None),
        (1, Problem.NOT_DELIVERED, None),
    ],
)
def test_how_long_the_worker_waits(attempts, problem, minutes):
    assert rules.pause(attempts, problem) == (None if minutes is None else timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("138 0000 1234", "13800001234"),
        ("+86-138-0000-1234", "13800001234"),
        ("(86)13800001234", "13800001234"),
        ("0531-88881234", ""),
        ("12800001234", ""),
        ("1380000123", ""),
        ("", ""),
    ],
)
def test_what_is_a_mobile_number(written, number):
    assert rules.mobile(written) == number


BOTH = {Channel.SMS, Channel.E_MAIL}
MOBILE, LANDLINE, MAIL, STREET = "13800001234", "0531-88881234", "a@example.com", "经十路1号"


@pytest.mark.parametrize(
    ("phone", "mail", "postal", "configured", "found"),
    [
        (MOBILE, MAIL, STREET, BOTH, (Channel.SMS, MOBILE, None)),
        (LANDLINE, MAIL, STREET, BOTH, (Channel.E_MAIL, MAIL, None)),
        (MOBILE, MAIL, STREET, {Channel.E_MAIL}, (Channel.E_MAIL, MAIL, None)),
        (MOBILE, "", STREET, {Channel.E_MAIL}, (Channel.PHONE, MOBILE, Fallback.NOT_CONFIGURED)),
        (LANDLINE, "", STREET, BOTH, (Channel.PHONE, LANDLINE, Fallback.LANDLINE)),
        ("", MAIL, STREET, set(), (Channel.PAPER, STREET, Fallback.NO_PHONE)),
        ("", "", "", BOTH, (Channel.PAPER, "", Fallback.NO_ADDRESS)),
    ],
)
def test_the_channel_of_a_notice(phone, mail, postal, configured, found):
    assert rules.route(phone=phone, e_mail=mail, postal=postal, configured=configured) == found


LEFT, POST, PUBLIC = rules.SUBSTITUTES


@pytest.mark.parametrize(
    ("kind", "left", "public"),
    [
        ({"procedural": True}, None, None),
        ({"procedural": True, "summary": True}, None, Obstacle.NOT_ANNOUNCED_IN_SUMMARY),
        ({"procedural": True, "in_person": True}, Obstacle.NOT_LEFT, Obstacle.NOT_ANNOUNCED),
        (
            {"procedural": True, "in_person": True, "summary": True},
            Obstacle.NOT_LEFT,
            Obstacle.NOT_ANNOUNCED,
        ),
        ({"procedural": False}, Obstacle.NO_LITIGATION_DOCUMENT, Obstacle.NO_LITIGATION_DOCUMENT),
    ],
)
def test_what_the_law_offers_after_three_failed_attempts(kind, left, public):
    assert rules.next_ways(2, **kind) == []
    assert rules.next_ways(3, **kind) == [
        Way(LEFT, "CPL art. 89", left), Way(POST, "CPL art. 91; S11 art. 11"), Way(PUBLIC, "CPL art. 95", public),
    ]  # fmt: skip


PUBLISHED = date(2026, 3, 2)
PLAIN = {"electronic_agreed": False, "in_future": False}
OUT = {"published_on": PUBLISHED, "effective_on": date(2026, 4, 1)}
M, PERSON = ServiceMethod, "civil_mediation_document"


@pytest.mark.parametrize(
    ("kind", "method", "over", "found"),
    [
        ("ruling", M.DIRECT, {}, []),
        ("ruling", M.LEFT, {}, []),
        (PERSON, M.LEFT, {}, [Obstacle.NOT_LEFT]),
        (PERSON, M.POST, {"returned": ReturnCause.REFUSED_TO_SIGN}, [Obstacle.NOT_LEFT]),
        ("ruling", M.POST, {"returned": ReturnCause.REFUSED_TO_SIGN}, []),
        ("ruling", M.POST, {"returned": ReturnCause.OTHER}, [Obstacle.RETURNED_TO_THE_COURT]),
        ("ruling", M.ELECTRONIC, {}, [Obstacle.NO_CONSENT_TO_ELECTRONIC]),
        ("ruling", M.ELECTRONIC, {"electronic_agreed": True}, []),
        ("ruling", M.ANNOUNCEMENT, OUT, []),
        ("ruling", M.ANNOUNCEMENT, {}, [Obstacle.NO_PUBLICATION]),
        ("ruling", M.ANNOUNCEMENT, OUT | {"effective_on": date(2026, 3, 31)}, [Obstacle.ANNOUNCED_TOO_SHORT]),
        ("ruling", M.ANNOUNCEMENT, OUT | {"summary": True}, [Obstacle.NOT_ANNOUNCED_IN_SUMMARY]),
        (PERSON, M.ANNOUNCEMENT, OUT, [Obstacle.NOT_ANNOUNCED]),
        ("ruling", M.DIRECT, {"in_future": True}, [Obstacle.FUTURE]),
        ("ruling", M.DIRECT, {"before_issue": True}, [Obstacle.BEFORE_ISSUE]),
    ],
)
def test_what_speaks_against_a_service(kind, method, over, found):
    assert rules.service_obstacles(kind, method, **(PLAIN | over)) == found
    assert {rules.OBSTACLE_ARTICLE[one] for one in found} <= set(rules.OBSTACLE_ARTICLE.values())


def test_what_was_announced_counts_as_served_thirty_days_later():
    assert rules.announced(PUBLISHED) == date(2026, 4, 1)


@pytest.mark.parametrize(
    "kind", [kind for kind in wording.KINDS.values() if not kind.on_paper], ids=lambda kind: kind.name
)
def test_no_standard_wording_tells_too_much_on_its_way(kind):
    """What the court may write itself, it is given: otherwise the page that changes a wording could not even open."""
    assert discretion.tells_too_much(kind.standard) == ""
