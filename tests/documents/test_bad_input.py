"""Bad input: a clear answer, nothing half-made stored, nothing lost."""

import time

import pytest
import sqlalchemy as sa

from mediation.agreements import labels as agreement_labels
from mediation.agreements import rules as agreement_rules
from mediation.agreements.guard import ClauseFacts
from mediation.agreements.models import Clause
from mediation.agreements.rules import AgreementStatus, ClauseKind
from mediation.agreements.services import drafting
from mediation.agreements.services.drafting import Draft
from mediation.disputes.models import Dispute
from mediation.documents import labels, making, rules, specimen
from mediation.documents.models import Document, DocumentFile
from mediation.documents.rules import Failure, Status
from mediation.kernel import audit
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError
from tests import builders
from tests.documents.reading import paper
from tests.web.test_trouble import count, only_sqlite, signed_in, typed

__all__ = ["only_sqlite"]
SENTENCE = "双方签订房屋租赁合同，约定租期一年，押金一个月，租金按季支付。"


def pages_of_text(pages: int) -> str:
    return (SENTENCE * (pages * 22 * 28 // len(SENTENCE) + 1))[: pages * 22 * 28]


@pytest.fixture
def agreement(app):
    """A draft that lacks nothing but clauses."""
    clerk, mediator = (builders.someone(login).as_actor() for login in ("clerk_li", "mediator_wang"))
    made = builders.drafted_agreement(mediator, builders.accepted_assignment(clerk, mediator))
    return mediator, made


# ---- too long ---------------------------------------------------------------------------------------------------------


def test_a_text_of_two_hundred_pages_is_refused_at_once_and_nothing_is_stored(ask):
    before = count(Document), count(audit.AuditEvent)
    started = time.process_time()
    with pytest.raises(DomainError) as refused:
        ask(data={**specimen.DATA, "conclusion": pages_of_text(200)})
    assert time.process_time() - started < 1
    assert str(rules.MOST_PAGES) in str(refused.value.message)
    assert refused.value.remedy == labels.SHORTER
    assert (count(Document), count(audit.AuditEvent)) == before


def test_what_was_asked_for_before_fails_with_its_reason_and_without_typesetting(ask, app):
    document = ask()
    job = making.job_of(document)
    started = time.process_time()
    refused = making.typeset(making.Job(job.kind, job.sheet, {**job.data, "conclusion": pages_of_text(200)}, 1, ""))
    assert time.process_time() - started < 1
    assert isinstance(refused, making.Refused)
    assert refused.failure is Failure.LENGTH


def test_a_long_document_within_the_limit_is_made(ask, here):
    document = ask(data={**specimen.DATA, "conclusion": pages_of_text(30)})
    assert document.status is Status.READY


def test_a_draft_too_long_to_print_stays_a_draft(agreement, client_for, mediator_wang):
    mediator, made = agreement
    drafting.edit(mediator, made, Draft(facts=pages_of_text(200)), version=made.version)
    before = count(Document)
    page = client_for(mediator_wang).post(f"/agreements/{made.id}/signing", status=409)
    assert "120" in page.text
    db.session.expire_all()
    assert made.status is AgreementStatus.DRAFT
    assert count(Document) == before


def test_three_thousand_clauses_end_at_two_hundred(agreement):
    mediator, made = agreement
    said = ClauseFacts(0, ClauseKind.OTHER, text="双方互不追究。")
    already = count(Clause)
    for _number in range(agreement_rules.MOST_CLAUSES - already):
        drafting.write_clause(mediator, made, said)
    with pytest.raises(DomainError) as refused:
        drafting.write_clause(mediator, made, said)
    assert refused.value.message == agreement_labels.TOO_MANY_CLAUSES
    assert refused.value.article == "S3 art. 29"
    assert count(Clause) == agreement_rules.MOST_CLAUSES
    last = drafting.clauses(made)[-1]
    assert drafting.write_clause(mediator, made, said, clause_id=last.id).id == last.id


# ---- characters -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed_in", "named"),
    [
        ("谢谢😀", "😀（U+1F600）"),
        ("甲\u202e乙", "（U+202E）"),
        ("甲\u200f乙", "（U+200F）"),
        ("甲\u200b乙", "（U+200B）"),
        ("甲\u2066乙\u2069", "（U+2066）、（U+2069）"),
        ("甲\x00乙", "（U+0000）"),
        ("甲\x1b[2J乙", "（U+001B）"),
        ("甲\x85乙", "（U+0085）"),
        ("甲\ufeff乙", "（U+FEFF）"),
        ("甲\U000e0041乙", "（U+E0041）"),
    ],
    ids=["emoji", "turned", "mark", "no width", "isolated", "nul", "escape", "next line", "byte order", "tag"],
)
def test_what_no_reader_would_see_stops_the_document_by_name(ask, app, typed_in, named):
    document = ask()
    job = making.job_of(document)
    app.config["DOCUMENTS"] = "here"
    try:
        refused = making.typeset(making.Job(job.kind, job.sheet, {**job.data, "conclusion": typed_in}, 1, ""))
    finally:
        app.config["DOCUMENTS"] = "later"
    assert refused == making.Refused(Failure.GLYPH, named)


def test_half_a_character_stops_the_document_and_not_the_program(ask, app):
    job = making.job_of(ask())
    app.config["DOCUMENTS"] = "here"
    try:
        refused = making.typeset(making.Job(job.kind, job.sheet, {**job.data, "conclusion": "甲\ud83d乙"}, 1, ""))
    finally:
        app.config["DOCUMENTS"] = "later"
    assert refused == making.Refused(Failure.GLYPH, "（U+D83D）")


HOSTILE = (
    "<b>王</b>", "<script>alert(1)</script>", "{{ 7*7 }}", "{% raw %}", "</p></main>", "&lt;甲&gt;", "<!-- 甲 -->",
    '"><img src=file:///etc/passwd>', "%(name)s {0} ${x}", "'; DROP TABLE party; --",
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_of_html_or_template_code_is_printed_as_it_was_typed(ask, name):
    document = ask(title=f"调解书{name}"[:60], party=name, data={**specimen.DATA, "conclusion": f"甲{name}乙"})
    assert "".join(f"甲{name}乙".split()) in paper(document)


def test_an_endless_word_is_broken_and_not_cut_off_at_the_edge(ask):
    assert paper(ask(data={**specimen.DATA, "conclusion": "q" * 400})).count("q") == 400


# ---- a full disk ------------------------------------------------------------------------------------------------------


def no_room_for_files(engine):
    """The disk is full from the moment at which a file is to be archived."""

    def limit(_connection, cursor, statement, *_more):
        if statement.startswith("INSERT INTO document_file"):
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count={cursor.fetchone()[0]}")

    sa.event.listen(engine, "before_cursor_execute", limit)
    return limit


def test_on_a_full_disk_the_act_stands_and_its_document_waits(only_sqlite, fresh_app):
    """What was acknowledged is kept, nobody is told otherwise; the paper is made once there is room."""
    browser = signed_in(fresh_app)
    fresh_app.config["DOCUMENTS"] = "here"
    limit = no_room_for_files(db.engine)
    answer = browser.post("/disputes/new", typed())
    assert answer.location
    assert count(Dispute) == 1
    assert count(DocumentFile) == 0
    (receipt,) = db.session.scalars(sa.select(Document)).all()
    assert receipt.status is Status.PENDING
    # Whoever opens it meanwhile reads that nothing was saved.
    number = receipt.id
    page = browser.get(f"/documents/{number}", status=503)
    assert "未保存任何内容" in page.text
    assert list(audit.verify()) == []
    sa.event.remove(db.engine, "before_cursor_execute", limit)
    db.session.remove()
    db.engine.dispose()
    assert browser.get(f"/documents/{number}").response.data.startswith(b"%PDF")
    assert count(DocumentFile) == 1
    assert list(audit.verify()) == []
