"""Who mediates together signs together: each of them, on paper or from the own account (S4 arts 13, 24)."""

import pytest

from mediation.agreements import labels
from mediation.agreements.models import Agreement
from mediation.agreements.rules import AgreementStatus, Signer, SignManner
from mediation.agreements.services import drafting, signing
from mediation.agreements.turns import reading
from mediation.agreements.turns import services as turns
from mediation.agreements.turns.rules import Check
from mediation.assignment.together import joining, present
from mediation.assignment.together.rules import CoReason
from mediation.documents.models import Document
from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from tests import builders
from tests.agreements.test_turns import DRAWN, filled


@pytest.fixture
def agreement(clerk_li, mediator_wang, mediator_zhao) -> Agreement:
    """Wang presides, Zhao mediates beside; put up for signature."""
    clerk, wang, zhao = (one.as_actor() for one in (clerk_li, mediator_wang, mediator_zhao))
    assignment = builders.accepted_assignment(clerk, wang)
    asked = joining.ask(clerk, assignment, mediator_id=zhao.mediator_id, why=CoReason.DIFFICULT, reason="案情复杂")
    joining.accept(zhao, asked)
    builders.open_session(wang, assignment)
    made = builders.drafted_agreement(wang, assignment)
    drafting.put_up(wang, made)
    db.session.commit()
    return made


def of(agreement: Agreement, user) -> object:
    return next(s for s in signing.wanted(agreement) if s.mediator_id == user.mediator_id)


def by_hand(actor, agreement, *, but=()) -> None:
    for signature in signing.wanted(agreement):
        if signature.mediator_id not in but and signature.signed_at is None:
            signing.sign(actor, agreement, signature, manner=SignManner.HANDWRITTEN, at=clock.now())


def test_each_of_them_is_wanted_and_the_paper_has_a_line_for_each(agreement, mediator_wang, mediator_zhao):
    signers = [(s.signer, s.mediator_id) for s in signing.wanted(agreement) if s.signer is Signer.MEDIATOR]
    assert signers == [(Signer.MEDIATOR, mediator_wang.mediator_id), (Signer.MEDIATOR, mediator_zhao.mediator_id)]
    paper = db.session.get_one(Document, agreement.document_id)
    assert paper.data["mediators"] == present.each_name(agreement.assignment) == ["王调解", "赵调解"]
    assert paper.data["mediator"] == "王调解（主持）、赵调解"


def test_it_takes_effect_only_with_the_last_of_them(agreement, mediator_wang, mediator_zhao):
    wang = mediator_wang.as_actor()
    seal = [s for s in signing.wanted(agreement) if s.signer is Signer.ORGANISATION]
    for signature in signing.wanted(agreement):
        if signature.signer is not Signer.ORGANISATION and signature.mediator_id != mediator_zhao.mediator_id:
            signing.sign(wang, agreement, signature, manner=SignManner.HANDWRITTEN, at=clock.now())
    # The body seals last of all.
    with pytest.raises(DomainError) as refused:
        signing.sign(wang, agreement, seal[0], manner=SignManner.SEAL, at=clock.now())
    assert str(refused.value.message) == str(labels.SIGN_OBSTACLE["seal_last"])
    assert agreement.status is AgreementStatus.SIGNING
    by_hand(wang, agreement)
    assert agreement.status is AgreementStatus.EFFECTIVE


def test_who_mediates_beside_reads_it_and_signs_from_the_own_account(client_for, agreement, mediator_zhao):
    browser = client_for(mediator_zhao)
    page = browser.get(f"/agreements/{agreement.id}")
    choices = [o["value"] for o in page.soup.select('select[name$="signer"] option')]
    assert choices == [str(of(agreement, mediator_zhao).id)]
    given = turns.give(mediator_zhao.as_actor(), agreement, of(agreement, mediator_zhao), check=Check.ACCOUNT)
    url = f"/agreements/{agreement.id}/turns/{given.turn.id}"
    browser.post(f"{url}/signature", filled(browser.get(url)))
    assert of(agreement, mediator_zhao).manner is SignManner.ELECTRONIC


def test_the_last_signature_may_be_that_of_who_mediates_beside(agreement, mediator_wang, mediator_zhao):
    wang, zhao = mediator_wang.as_actor(), mediator_zhao.as_actor()
    for signature in signing.wanted(agreement):
        if signature.signer is not Signer.ORGANISATION and signature.mediator_id != zhao.mediator_id:
            signing.sign(wang, agreement, signature, manner=SignManner.HANDWRITTEN, at=clock.now())
    turn = turns.give(zhao, agreement, of(agreement, mediator_zhao), check=Check.ACCOUNT).turn
    turns.sign(zhao, turn, DRAWN, read=reading.file_of(turn).sha256)
    by_hand(wang, agreement)
    assert agreement.status is AgreementStatus.EFFECTIVE


def test_nobody_signs_for_the_other_and_who_is_beside_gives_no_turns(agreement, mediator_wang, mediator_zhao):
    wang, zhao = mediator_wang.as_actor(), mediator_zhao.as_actor()
    with pytest.raises(DomainError):
        turns.give(wang, agreement, of(agreement, mediator_zhao), check=Check.ACCOUNT)
    with pytest.raises(NotPermitted):
        turns.give(zhao, agreement, of(agreement, mediator_wang), check=Check.ACCOUNT)
    with pytest.raises(NotPermitted):
        turns.give(zhao, agreement, signing.wanted(agreement)[0], check=Check.DOCUMENT, seen="身份证 002X")
    with pytest.raises(DomainError):
        turns.give(zhao, agreement, of(agreement, mediator_zhao), check=Check.DOCUMENT, seen="身份证 002X")
    with pytest.raises(NotPermitted):
        signing.sign(zhao, agreement, of(agreement, mediator_zhao), manner=SignManner.HANDWRITTEN, at=clock.now())


def test_alone_one_line_for_the_mediator(clerk_li, mediator_wang):
    made = builders.signed_agreement(clerk_li.as_actor(), mediator_wang.as_actor())
    assert [s.name for s in signing.wanted(made) if s.signer is Signer.MEDIATOR] == ["王调解"]
    assert db.session.get_one(Document, made.document_id).data["mediators"] == ["王调解"]
