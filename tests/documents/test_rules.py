"""Who may read which folder, and which steps a document takes."""

from dataclasses import dataclass

import pytest

from mediation.documents import labels, rules
from mediation.documents.rules import (
    LARGEST_SCAN,
    STEPS,
    Failure,
    Folder,
    Status,
    may_read,
    may_retry,
    may_scan,
    may_set_letterhead,
    scan_kind,
)
from mediation.kernel import states
from mediation.kernel.actor import ADMINS, COURT, Actor, Role, system
from mediation.kernel.errors import IllegalStep, NotPermitted
from tests.everybody import allowed


@dataclass
class Facts:
    court_id: int = 1
    folder: Folder = Folder.COURT_TRANSFERABLE
    status: Status = Status.PENDING


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("folder", list(Folder))
def test_reading(role, folder):
    actor = Actor(7, 1, frozenset({role}))
    mediating = folder is not Folder.COURT_ONLY and role in {Role.MEDIATOR, Role.ORGANISATION}
    expected = mediating or (folder is not Folder.MEDIATION_CONFIDENTIAL and role in COURT)
    assert may_read(actor, Facts(folder=folder)) is expected
    assert not may_read(actor, Facts(court_id=2, folder=folder))
    assert not (role in ADMINS and may_read(actor, Facts(folder=folder)))


@pytest.mark.parametrize("role", list(Role))
def test_retrying(role):
    actor = Actor(7, 1, frozenset({role}))
    assert may_retry(actor, Facts()) is (role in {Role.CLERK, Role.TRIAGE})
    assert not may_retry(actor, Facts(court_id=2))


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("step", [step.name for step in STEPS])
def test_steps(status, step):
    facts = Facts(status=status)
    if status is Status.READY:
        with pytest.raises(IllegalStep):
            states.check(STEPS, step, system(1), facts)
    else:
        assert states.check(STEPS, step, system(1), facts).name == step
    with pytest.raises(NotPermitted):
        states.check(STEPS, step, Actor(7, 1, frozenset(Role)), facts)


def test_every_state_has_words():
    assert set(labels.STATUS) == set(Status)
    assert set(labels.FOLDER) == set(Folder)
    assert set(labels.FAILURE) == set(Failure)
    assert set(labels.STEP) == {step.name for step in STEPS}


def test_the_head_of_the_papers_is_the_system_administrators():
    assert allowed(may_set_letterhead) == {Role.SYSTEM_ADMIN}


def test_who_had_a_paper_signed_scans_it_as_far_as_it_may_be_read():
    those = {Role.CLERK, Role.TRIAGE, Role.MEDIATOR, Role.ORGANISATION}
    assert allowed(lambda who: may_scan(who, Facts())) == those
    confidential = Facts(folder=Folder.MEDIATION_CONFIDENTIAL)
    assert allowed(lambda who: may_scan(who, confidential)) == {Role.MEDIATOR, Role.ORGANISATION}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"\x89PNG\r\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", ""),
        (b"", ""),
        (b"%PDF-" + bytes(LARGEST_SCAN), ""),
    ],
)
def test_the_first_bytes_tell_what_a_scan_is(content, kind):
    assert scan_kind(content) == kind


def test_many_short_lines_count_as_lines():
    assert rules.least_pages(["一"] * 33) == 1
    assert rules.least_pages(["一"] * 34) == 2
    assert rules.least_pages(["一" * 29] * 33) == 2
