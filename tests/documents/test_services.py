"""Asking, producing, versions, immutability, scope."""

import hashlib

import pikepdf
import pytest
import sqlalchemy as sa

from mediation.documents import composing, making, services, specimen
from mediation.documents.models import Document, DocumentFile
from mediation.documents.rules import Failure, Folder, Status
from mediation.kernel import audit
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from tests.conftest import actor_of
from tests.documents.reading import paper


def trail(document) -> list[str]:
    rows = sa.select(audit.AuditEvent).where(
        audit.AuditEvent.subject_type == "document", audit.AuditEvent.subject_id == document.id
    )
    return [event.action for event in db.session.scalars(rows.order_by(audit.AuditEvent.id))]


def file_of(document) -> DocumentFile:
    return db.session.get_one(DocumentFile, document.id)


def test_asking_keeps_all_that_the_document_will_say(ask, clerk_li):
    document = ask()
    assert document.status is Status.PENDING
    assert document.data == specimen.DATA
    assert document.template_version == composing.version("specimen")
    assert document.court_name == "济南市历下区人民法院"
    assert len(document.code) == 19
    assert trail(document) == ["document.request"]


def test_nothing_is_asked_for_when_the_use_case_fails(ask):
    def rule() -> None:
        with transaction():
            ask()
            raise RuntimeError("the ruling was not given")

    with pytest.raises(RuntimeError):
        rule()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Document)) == 0


def test_it_is_produced_after_the_commit_of_the_outermost_use_case(ask, here):
    with transaction():
        document = ask()
        document_id = document.id
        assert document.status is Status.PENDING
    document = db.session.get_one(Document, document_id, populate_existing=True)
    assert document.status is Status.READY
    assert document.ready_at is not None
    file = file_of(document)
    assert file.content.startswith(b"%PDF-1.7")
    assert file.size == len(file.content)
    assert file.sha256 == hashlib.sha256(file.content).hexdigest()
    assert file.sm3 == hashlib.new("sm3", file.content).hexdigest()
    assert trail(document) == ["document.request", "document.produce"]


def test_the_trail_holds_the_digests(ask, here):
    document = ask()
    event = db.session.scalars(sa.select(audit.AuditEvent).where(audit.AuditEvent.action == "document.produce")).one()
    file = file_of(document)
    assert (event.facts["sha256"], event.facts["sm3"], event.facts["size"]) == (file.sha256, file.sm3, file.size)
    assert services.altered() == []


def test_the_same_row_gives_the_same_bytes_again(ask, here):
    document = ask()
    again = making.typeset(making.job_of(document))
    assert again.content == file_of(document).content


def test_the_file_carries_number_court_code_and_facts(ask, here, tmp_path):
    document = ask()
    path = tmp_path / "x.pdf"
    path.write_bytes(file_of(document).content)
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo.Title) == f"济南市历下区人民法院民事调解书{document.number}"


def test_asked_for_again_it_becomes_the_next_version(ask, here):
    first, second = ask(), ask(data={**specimen.DATA, "conclusion": "上述协议，本院予以确认。"})
    assert (first.version, second.version) == (1, 2)
    assert first.code != second.code
    assert services.latest("specimen", "dispute", first.subject_id) == second
    assert file_of(first).content != file_of(second).content


def test_producing_twice_changes_nothing(ask, here):
    document = ask()
    content = file_of(document).content
    assert services.produce(document.id) is Status.READY
    assert file_of(document).content == content
    assert trail(document) == ["document.request", "document.produce"]


@pytest.mark.parametrize(
    ("change", "failure", "detail"),
    [
        ({"conclusion": "当事人𰻝到庭。"}, Failure.GLYPH, "𰻝"),
        ({"decided_on": "二月三十日"}, Failure.CONTENT, "二月三十日"),
        ({"plan": None}, Failure.TEMPLATE, "None"),
    ],
)
def test_what_cannot_be_printed_is_told_and_may_be_tried_again(ask, here, change, failure, detail):
    document = ask(data={**specimen.DATA, **change})
    assert document.status is Status.FAILED
    assert document.failure is failure
    assert detail in document.failure_detail
    assert document.id in services.waiting()
    assert trail(document) == ["document.request", "document.fail"]
    assert services.produce(document.id) is Status.FAILED


def test_a_forgotten_value_fails_the_document_not_the_act(ask, here):
    data = {key: value for key, value in specimen.DATA.items() if key != "conclusion"}
    document = ask(data=data)
    assert (document.status, document.failure) == (Status.FAILED, Failure.TEMPLATE)


def test_only_plain_values_are_taken(ask):
    with pytest.raises(TypeError):
        ask(data={"moment": object()})


def test_the_code_leads_to_the_address_of_the_court(ask, app):
    document = ask()
    assert making.job_of(document).sheet.address == document.code
    app.config["PUBLIC_URL"] = "https://court.example/"
    try:
        assert making.job_of(document).sheet.address == f"https://court.example/verify/{document.code}"
    finally:
        app.config["PUBLIC_URL"] = ""


def test_the_paper_carries_court_number_and_code(ask):
    document = ask()
    text = paper(document)
    assert text.startswith("济南市历下区人民法院民事调解书（2026）江0102民初3187号")
    assert document.code in text


# --- never changed -----------------------------------------------------------------------------------------------------

FIXED = [
    "UPDATE document SET title = 'x'",
    "UPDATE document SET data = '{}'",
    "UPDATE document SET folder = 'court_transferable'",
    "UPDATE document SET code = 'x'",
    "UPDATE document SET status = 'failed', ready_at = NULL, failure = 'engine'",
    "UPDATE document SET failure_detail = 'x'",
    "DELETE FROM document",
    "UPDATE document_file SET content = x'00'",
    "UPDATE document_file SET sha256 = 'x'",
    "UPDATE document_file SET sm3 = 'x'",
    "DELETE FROM document_file",
]


@pytest.mark.parametrize("statement", FIXED)
def test_the_database_refuses_to_change_what_was_produced(ask, here, statement):
    ask()
    statement = statement.replace("x'00'", "'\\x00'") if db.engine.dialect.name == "postgresql" else statement
    with pytest.raises(sa.exc.DBAPIError, match="never changed"), db.session.begin_nested():
        db.session.execute(sa.text(statement))


def test_the_check_of_the_archive_finds_what_somebody_changed_behind_the_guards(ask, here):
    document = ask()
    drop = {
        "sqlite": "DROP TRIGGER document_file_no_update",
        "postgresql": "DROP TRIGGER document_file_no_update ON document_file",
    }
    db.session.execute(sa.text(drop[db.engine.dialect.name]))
    content = b"%PDF forged"
    forged = {"content": content, "sha256": hashlib.sha256(content).hexdigest()}
    db.session.execute(sa.update(DocumentFile).values(**forged))
    db.session.expire_all()
    assert services.altered() == [document.id]


# --- scope -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["clerk_li", "judge_chen", "mediator_wang", "organisation_user"])
def test_in_scope(ask, request, who):
    document = ask()
    actor = actor_of(request.getfixturevalue(who))
    assert services.get(actor, document.id) == document
    assert services.of_dispute(actor, document.dispute_id) == [document]


@pytest.mark.parametrize("who", ["mediator_zhao", "clerk_of_other_court"])
def test_out_of_scope(ask, request, who):
    document = ask()
    actor = actor_of(request.getfixturevalue(who))
    assert services.get(actor, document.id) is None
    assert services.of_dispute(actor, document.dispute_id) == []


def test_the_list_shows_latest_versions_only(ask, clerk_li):
    ask()
    second = ask()
    assert services.of_dispute(actor_of(clerk_li), second.dispute_id) == [second]


def test_what_is_about_no_dispute_belongs_to_who_asked(ask, president_he, clerk_li):
    document = ask(actor_of(president_he), dispute_id=None)
    assert services.get(actor_of(president_he), document.id) == document
    assert services.get(actor_of(clerk_li), document.id) is None


def test_a_confidential_document_is_closed_to_the_court(ask, here, clerk_li, judge_zhou, mediator_wang):
    document = ask(folder=Folder.MEDIATION_CONFIDENTIAL)
    for user in (clerk_li, judge_zhou):
        with pytest.raises(NotPermitted):
            services.open_file(actor_of(user), document)
    assert services.open_file(actor_of(mediator_wang), document).size > 0
    assert trail(document) == ["document.request", "document.produce", "document.read"]


def test_what_could_not_be_produced_cannot_be_opened(ask, here, clerk_li):
    document = ask(title="\U0001f600")
    db.session.refresh(document)
    assert document.status is Status.FAILED
    with pytest.raises(DomainError):
        services.open_file(actor_of(clerk_li), document)


def test_verification(ask, here):
    document = ask()
    assert services.by_code(document.code)[0] == document
    assert services.by_code(document.code.lower().replace("-", " "))[0] == document
    assert services.by_code("AAAA-BBBB-CCCC-DDDD") is None
    assert services.by_code("") is None


def test_what_is_waiting_cannot_be_verified(ask):
    assert services.by_code(ask().code) is None
