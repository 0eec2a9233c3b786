"""The whole court taken along: what stands in it, who may, and that it is whole or unreadable."""

import gc
import io
import tracemalloc
import zipfile
from datetime import date, datetime
from decimal import Decimal

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from mediation.accounts import services as accounts
from mediation.accounts.models import Court
from mediation.disputes.models import Dispute, Party
from mediation.exports import facts, labels, rules, services, writing
from mediation.exports.rules import COLUMNS, PLACE, Format, Kind
from mediation.kernel import clock, streams
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.roster.models import Street
from tests import builders, world
from tests.page import Browser
from tests.statistics import dataset

# Past the session, as no act of the product writes it.
RECORDS = sa.table("dispute", sa.column("id"), sa.column("receipt_no"), sa.column("court_id"), sa.column("street_id"))


@pytest.fixture
def court(fresh_app):
    """The data set of DOMAIN 7.4 and one dispute that went all the way, really committed."""
    dataset.load(world.court().id)
    builders.signed_agreement(builders.someone("clerk_li").as_actor(), builders.someone("mediator_wang").as_actor())
    db.session.commit()
    return world.court()


def someone(login):
    return builders.someone(login).as_actor()


def browser(app, login):
    client = app.test_client()
    if login:
        token = accounts.open_session(builders.someone(login), address="127.0.0.1")
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True
    return Browser(client)


def whole(login, form):
    return b"".join(services.take_all(someone(login), form))


def asked(**over):
    return {"format": "parquet", "password": world.PASSWORD} | over


def entries():
    return db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "export.court")).all()


def number_of_disputes(court):
    return db.session.scalar(sa.select(sa.func.count()).select_from(Dispute).where(Dispute.court_id == court.id))


def test_parquet_has_each_dispute_once_with_its_facts(court):
    body = whole("president_he", Format.PARQUET)
    table = pq.read_table(io.BytesIO(body))
    other = pl.read_parquet(io.BytesIO(body))
    assert table.column_names == [c.name for c in COLUMNS] == other.columns
    assert table.num_rows == number_of_disputes(court) == other.height
    receipts = db.session.scalars(
        sa.select(Dispute.receipt_no).where(Dispute.court_id == court.id).order_by(Dispute.id)
    ).all()
    assert table["receipt_no"].to_pylist() == receipts
    assert table.schema.metadata[b"rows"] == str(table.num_rows).encode()
    assert table.schema.metadata[b"court_code"] == court.code.encode()
    # A second reader counts what the data set says: 8 mediations before filing ended, 9 were handed out (DOMAIN 7.4).
    first = pl.col("issued_on").is_between(date(2026, 1, 1), date(2026, 3, 31))
    handed = other.filter(first & pl.col("mediation_kind").cast(pl.String).is_in(["delegated", "referred"]))
    assert handed.height == 9
    last = other.row(-1, named=True)
    one = db.session.scalars(sa.select(Dispute).order_by(Dispute.id.desc())).first()
    assert last["amount"] == Decimal(one.amount_fen) / 100
    assert last["received_at"] == one.received_at.replace(microsecond=0)
    assert (last["mediations"], last["mediation_status"], last["applicants"], last["respondents"]) == (
        1,
        "agreed",
        1,
        1,
    )
    assert last["effective_on"] == clock.today()


def test_the_codes_explain_themselves(court):
    form = pq.read_schema(io.BytesIO(whole("president_he", Format.PARQUET)))
    status = form.field("status").metadata
    assert status[b"heading"].decode() == str(labels.COLUMN["status"])
    assert str(labels.CODES["status"][next(iter(labels.CODES["status"]))]) in status[b"codes"].decode()
    assert set(labels.COLUMN) == {c.name for c in COLUMNS}
    assert set(labels.CODES) == {c.name for c in COLUMNS if c.kind is Kind.CODE}


def test_the_spreadsheet_says_the_same_in_words(court):
    sheet = load_workbook(io.BytesIO(whole("president_he", Format.XLSX))).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    codes = pq.read_table(io.BytesIO(whole("president_he", Format.PARQUET))).to_pylist()
    assert rows[0] == tuple(str(labels.COLUMN[c.name]) for c in COLUMNS)
    assert len(rows) == len(codes) + 1
    said = services.words(court)
    for row, code in zip(rows[1:], codes, strict=True):
        for column, shown in zip(COLUMNS, row, strict=True):
            kept = code[column.name]
            match column.kind:
                case Kind.CODE:
                    words = {c.value: word for c, word in said.codes[column.name].items()}
                    assert shown == (None if kept is None else words[kept])
                case Kind.TRUTH:
                    assert shown == (None if kept is None else said.yes if kept else said.no)
                case Kind.DAY:
                    assert shown == (None if kept is None else datetime.combine(kept, datetime.min.time()))
                case Kind.MOMENT:
                    here = kept and kept.replace(tzinfo=None)
                    assert shown == here or abs((shown - here).total_seconds()) < 1
                case Kind.MONEY:
                    assert (shown is None) is (kept is None)
                    assert kept is None or Decimal(str(shown)) == kept
                case _:
                    assert shown == (kept or None if column.kind is Kind.TEXT else kept)


def test_no_person_stands_in_it_and_no_formula(court):
    dispute = db.session.scalars(sa.select(Dispute).order_by(Dispute.id)).first()
    street = {"court_id": court.id, "name": "=1+1"} | ({"kind": "street"} if "kind" in Street.__table__.c else {})
    number = db.session.execute(sa.insert(Street.__table__).values(street)).inserted_primary_key[0]
    db.session.execute(sa.update(RECORDS).where(RECORDS.c.id == dispute.id).values(street_id=number))
    db.session.commit()
    book = load_workbook(io.BytesIO(whole("president_he", Format.XLSX)))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert book.worksheets[0].cell(2, PLACE["street"] + 1).value == "'=1+1"
    text = "\n".join(str(cell.value) for cell in cells)
    for name, id_no, phone in db.session.execute(sa.select(Party.name, Party.id_no, Party.phone)):
        assert name not in text
        assert not id_no or id_no not in text
        assert not phone or phone not in text


def test_another_court_s_disputes_are_not_in_it(court):
    other = {
        "code": "T2",
        "name": "另一法院",
        "centre_name": "另一中心",
        "address": "",
        "phone": "",
        "opened_on": date(2020, 1, 1),
    }
    db.session.execute(sa.insert(Court.__table__).values(other))
    there = db.session.scalar(sa.select(Court.id).where(Court.code == "T2"))
    moved = db.session.scalars(sa.select(Dispute.receipt_no).order_by(Dispute.id)).first()
    db.session.execute(sa.update(RECORDS).where(RECORDS.c.receipt_no == moved).values(court_id=there))
    db.session.commit()
    table = pq.read_table(io.BytesIO(whole("president_he", Format.PARQUET)))
    assert moved not in table["receipt_no"].to_pylist()
    assert table.num_rows == number_of_disputes(court)


def test_the_president_fetches_it_and_that_is_written_down(fresh_app, court):
    page = browser(fresh_app, "president_he")
    page.get("/export")
    answer = page.client.post("/export", data=asked(csrf_token=page.token()))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith('.parquet"')
    assert pq.read_table(io.BytesIO(answer.get_data())).num_rows == number_of_disputes(court)
    (entry,) = entries()
    assert (entry.facts["format"], entry.facts["rows"]) == ("parquet", number_of_disputes(court))
    answer = page.client.post("/export", data=asked(format="xlsx", csrf_token=page.token()))
    assert load_workbook(io.BytesIO(answer.get_data())).worksheets[0].max_row == number_of_disputes(court) + 1


def test_others_do_not(fresh_app, court):
    for login, status in (("clerk_li", 403), ("mediator_wang", 403), ("auditor", 403), (None, 401)):
        page = browser(fresh_app, login)
        page.get("/export", status=status)
        page.post("/export", asked(), status=status)
    with pytest.raises(NotPermitted):
        services.take_all(someone("clerk_li"), Format.XLSX)
    assert entries() == []


@pytest.mark.parametrize("over", [{"password": "not it"}, {"password": ""}, {"format": "csv"}])
def test_bad_input_gives_no_file(fresh_app, court, over):
    page = browser(fresh_app, "president_he").post("/export", asked(**over), status=422)
    if "format" not in over:
        assert page.soup.select_one("input[name=format][checked]")["value"] == "parquet"
    assert entries() == []


@pytest.mark.parametrize(("form", "broken"), [(Format.XLSX, zipfile.BadZipFile), (Format.PARQUET, pa.ArrowInvalid)])
def test_one_that_was_cut_off_does_not_open_and_gives_everything_back(court, form, broken, monkeypatch):
    monkeypatch.setattr(streams, "PIECE", 1)
    monkeypatch.setattr(writing, "GROUP", 1)
    monkeypatch.setattr(facts, "PART", 1)
    pieces = services.take_all(someone("president_he"), form)
    got = next(pieces)
    assert db.engine.pool.checkedout() >= 1
    pieces.close()
    db.session.remove()
    assert db.engine.pool.checkedout() == 0
    assert len(got) > 0
    with pytest.raises(broken):
        load_workbook(io.BytesIO(got)) if form is Format.XLSX else pq.read_table(io.BytesIO(got))
    assert len(entries()) == 1


def test_what_is_written_meanwhile_is_not_in_it(court, monkeypatch):
    monkeypatch.setattr(facts, "PART", 1)
    pieces = services.take_all(someone("president_he"), Format.PARQUET)
    before = number_of_disputes(court)
    builders.make_dispute(someone("clerk_li"))
    db.session.commit()
    assert pq.read_table(io.BytesIO(b"".join(pieces))).num_rows == before == number_of_disputes(court) - 1


def test_no_more_at_once_than_the_server_bears(court):
    running = [services.take_all(someone("president_he"), Format.XLSX) for _n in range(rules.AT_ONCE)]
    with pytest.raises(DomainError) as refused:
        services.take_all(someone("president_he"), Format.XLSX)
    assert refused.value.remedy == labels.WAIT
    for one in running:
        one.close()
    assert whole("president_he", Format.XLSX)


def test_a_full_sheet_is_followed_by_another(court, monkeypatch):
    monkeypatch.setattr(streams, "ROWS_OF_A_SHEET", 10)
    book = load_workbook(io.BytesIO(whole("president_he", Format.XLSX)))
    number = number_of_disputes(court)
    assert [sheet.max_row - 1 for sheet in book.worksheets] == [10] * (number // 10) + [number % 10]
    assert all(sheet.cell(1, 1).value == str(labels.COLUMN["receipt_no"]) for sheet in book.worksheets)


@pytest.mark.parametrize("writer", [writing.as_spreadsheet, writing.as_parquet])
def test_memory_does_not_grow_with_the_court(court, writer):
    with facts.one_moment() as connection:
        (part,) = facts.of_court(connection, court.id)
    said = services.words(court)

    def most(times):
        gc.collect()
        pa.default_memory_pool().release_unused()
        tracemalloc.start()
        size = sum(len(piece) for piece in writer((part for _n in range(times)), said))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak, size

    small, large = most(100), most(1_200)
    assert large[1] > 5 * small[1] or writer is writing.as_parquet
    assert large[0] < small[0] + 8 * 1024 * 1024 + (0 if writer is writing.as_spreadsheet else 60 * 1024 * 1024)


def test_the_command_writes_a_whole_file_or_none(fresh_app, court, tmp_path):
    run = fresh_app.test_cli_runner().invoke
    file = tmp_path / "all.parquet"
    said = run(args=["export-court", str(file), "--court", court.code])
    assert said.exit_code == 0, said.output
    assert pq.read_table(file).num_rows == number_of_disputes(court)
    assert entries()[-1].actor_id in {0, None}
    again = run(args=["export-court", str(file), "--court", court.code])
    assert again.exit_code == 2
    assert "is there already" in again.output
    assert pq.read_table(file).num_rows == number_of_disputes(court)
    wrong = run(args=["export-court", str(tmp_path / "all.csv"), "--court", court.code])
    assert wrong.exit_code == 2
    assert sorted(p.name for p in tmp_path.iterdir() if not p.name.startswith("fresh")) == ["all.parquet"]
