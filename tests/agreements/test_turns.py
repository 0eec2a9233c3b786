"""Signing on a screen: on the tablet in a session of the house, and by a personal link with its code."""

import io
import json
import re
from datetime import timedelta

import pikepdf
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from mediation.agreements.models import Agreement, Clause, Signature
from mediation.agreements.rules import AgreementStatus, SignManner
from mediation.agreements.services import drafting, signing
from mediation.agreements.turns import reading, rules
from mediation.agreements.turns import services as turns
from mediation.agreements.turns.models import SigningTurn
from mediation.agreements.turns.rules import Check, Place, TurnStatus
from mediation.cli.daily import day_of
from mediation.disputes.models import Party
from mediation.documents import engine
from mediation.documents import services as store
from mediation.documents.models import Document, DocumentFile
from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.notices.models import Notice
from tests import builders

STROKES = [[[100, 100, 0], [300, 200, 30], [500, 90, 60]], [[520, 60, 200], [530, 300, 260]]]
DRAWN = rules.read_strokes(STROKES)
MADE = b"%PDF-1.7 the agreement"


@pytest.fixture
def agreement(clerk_li, mediator_wang):
    """Put up for signature, its document made."""
    mediator = mediator_wang.as_actor()
    assignment = builders.accepted_assignment(clerk_li.as_actor(), mediator)
    builders.open_session(mediator, assignment)
    made = builders.drafted_agreement(mediator, assignment)
    drafting.put_up(mediator, made)
    store._settle(made.document_id, store.system(made.court_id), store.making.Made(MADE))
    db.session.commit()
    return made


def first(agreement, place=0) -> Signature:
    return signing.wanted(agreement)[place]


@pytest.fixture
def sms(app, monkeypatch):
    """A gateway is set up, so that messages may go by text."""
    monkeypatch.setattr("mediation.notices.channels.configured", lambda: frozenset(["sms"]))


def link(mediator, agreement, check=Check.CODE_IN_PERSON, place=0, **more):
    return turns.give(mediator.as_actor(), agreement, first(agreement, place), check=check, seen="身份证 002X", **more)


def opened(browser, given):
    """A phone in which the code was entered."""
    browser.post(f"/sign/{given.token}/code", {"code": given.code})
    return browser.get(f"/sign/{given.token}")


def filled(page, **over):
    return {
        "sign-document": page.field("sign-document"), "sign-strokes": json.dumps(STROKES), "sign-has_read": "y",
        "sign-electronic": "y", **over,
    }  # fmt: skip


def actions(agreement):
    return [event.action for event in audit.of_dispute(agreement.dispute_id)]


# ---- giving a turn ---------------------------------------------------------------------------------------------------


def test_a_link_and_its_code_are_shown_once_and_kept_only_as_digests(client_for, mediator_wang, agreement):
    browser, signer = client_for(mediator_wang), first(agreement)
    sent = {"turn-signer": str(signer.id), "turn-check": "code_in_person", "turn-seen": "身份证 002X"}
    page = browser.post(f"/agreements/{agreement.id}/turns", sent, status=200)
    address = page.soup.select_one(".signing-address code").get_text()
    code = page.soup.select_one(".signing-code").get_text()
    token = address.rsplit("/", 1)[1]
    assert re.fullmatch(r"\d{6}", code)
    assert len(token) == 43
    turn = reading.of_token(token)
    assert (turn.name, turn.place, turn.checked_by) == (signer.name, Place.LINK, mediator_wang.name)
    kept = json.dumps([str(value) for value in vars(turn).values()])
    assert token not in kept
    assert code not in turn.code_digest
    everything = " ".join(event.data for event in audit.of_dispute(agreement.dispute_id))
    assert token not in everything
    assert code not in everything
    assert token not in browser.get(f"/agreements/{agreement.id}").html
    assert "signing_turn.give" in actions(agreement)


def test_the_registry_may_give_a_turn_at_its_counter(client_for, clerk_li, agreement):
    sent = {"turn-signer": str(first(agreement).id), "turn-check": "document", "turn-seen": "身份证 002X"}
    page = client_for(clerk_li).post(f"/agreements/{agreement.id}/turns", sent)
    assert re.search(rf"/agreements/{agreement.id}/turns/\d+$", page.location)


PATHS = ("turns", "turns/{turn}/revocation", "turns/{turn}/code", "turns/{turn}/signature", "turns/{turn}/refusal", "turns/{turn}/paper")  # fmt: skip


@pytest.mark.parametrize(
    ("who", "statuses"),
    [("clerk_of_other_court", {404}), ("mediator_zhao", {404}), ("judge_wu", {403}), ("president_he", {403}), ("auditor", {403})],
)  # fmt: skip
def test_nobody_else_gives_or_uses_a_turn(request, client_for, mediator_wang, agreement, who, statuses):
    given = link(mediator_wang, agreement, Check.DOCUMENT)
    browser = client_for(request.getfixturevalue(who))
    for path in PATHS:
        url = f"/agreements/{agreement.id}/{path.format(turn=given.turn.id)}"
        got = browser._send("post", url, data={"csrf_token": browser.token()}).status
        assert got in statuses, url
    db.session.expire_all()
    assert given.turn.status is TurnStatus.OPENED


@pytest.mark.parametrize("check", ["document", "code_in_person"])
def test_which_document_was_compared_must_be_said_and_what_was_typed_stays(client_for, mediator_wang, agreement, check):
    second = first(agreement, 1)
    sent = {"turn-signer": str(second.id), "turn-check": check, "turn-seen": " "}
    page = client_for(mediator_wang).post(f"/agreements/{agreement.id}/turns", sent, status=422)
    assert page.field("turn-signer") == str(second.id)
    assert any("证件" in error for error in page.errors())
    assert reading.of_agreement(agreement) == []


def refused(mediator, agreement, signature, check=Check.DOCUMENT, **more):
    with pytest.raises(DomainError) as found:
        turns.give(mediator.as_actor(), agreement, signature, check=check, **more)
    return found.value.article


def test_an_organisation_and_somebody_elses_mediator_get_no_turn(mediator_wang, clerk_li, agreement):
    mediator, organisation = signing.wanted(agreement)[-2:]
    assert refused(mediator_wang, agreement, organisation) == "S4 art. 24"
    assert refused(clerk_li, agreement, mediator) == "S36 art. 13"
    assert refused(mediator_wang, agreement, first(agreement), Check.ACCOUNT) == "S36 art. 13"


def test_one_turn_at_a_time_and_a_new_one_after_the_old_is_over(mediator_wang, agreement):
    old = link(mediator_wang, agreement).turn
    assert refused(mediator_wang, agreement, first(agreement)) == "S36 art. 13"
    with clock.pretend(clock.now() + timedelta(days=4)):
        link(mediator_wang, agreement)
    assert old.status is TurnStatus.EXPIRED


def test_what_the_law_excludes_is_not_offered_and_the_page_says_why(client_for, mediator_wang, agreement, monkeypatch):
    paying = drafting.clauses(agreement)[-1]
    paying.condition = "自次日起停止供热"
    db.session.info.setdefault("audited", set()).add(paying)
    db.session.commit()
    page = client_for(mediator_wang).get(f"/agreements/{agreement.id}")
    assert page.soup.find("select", attrs={"name": "turn-signer"}) is None
    assert "电子签名法" in page.text
    assert "第三条" in page.text
    assert refused(mediator_wang, agreement, first(agreement)) == "S36 art. 3"


def test_an_agreement_on_family_matters_is_signed_on_paper(mediator_wang, agreement, monkeypatch):
    monkeypatch.setattr("mediation.agreements.turns.rules.electronic_excluded", lambda _code: True)
    assert refused(mediator_wang, agreement, first(agreement)) == "S36 art. 3"


def test_an_agent_needs_the_special_power(clerk_li, mediator_wang, agreement):
    assert refused(mediator_wang, agreement, first(agreement), agent_name="无此人") == "CPL art. 62; S2 art. 89"
    with pytest.raises(NotPermitted):
        turns.give(builders.someone("judge_wu").as_actor(), agreement, first(agreement), check=Check.DOCUMENT)


# ---- the personal link -----------------------------------------------------------------------------------------------


def test_nothing_is_shown_before_the_code(client_for, mediator_wang, agreement):
    given, phone = link(mediator_wang, agreement), client_for(None)
    page = phone.get(f"/sign/{given.token}")
    for secret in (agreement.number, first(agreement).name, first(agreement, 1).name, "租赁"):
        assert secret not in page.html
    phone.get(f"/sign/{given.token}/document", status=404)
    for act in ("signature", "refusal", "paper"):
        phone.post(f"/sign/{given.token}/{act}", {"refuse-reason": "不同意"}, status=404)
    db.session.expire_all()
    assert given.turn.status is TurnStatus.ISSUED


def test_a_signer_reads_the_very_document_draws_and_signs(client_for, mediator_wang, agreement):
    given, phone = link(mediator_wang, agreement), client_for(None)
    page = opened(phone, given)
    assert "调解协议书" in page.text
    assert agreement.number in page.text
    assert phone.get(f"/sign/{given.token}/document").response.data == MADE
    done = phone.get(phone.post(f"/sign/{given.token}/signature", filled(page)).location)
    assert done.soup.find("canvas") is None
    turn, signature = given.turn, first(agreement)
    file = db.session.get(DocumentFile, agreement.document_id)
    assert (turn.status, turn.sha256, turn.strokes) == (TurnStatus.SIGNED, file.sha256, STROKES)
    assert (signature.manner, signature.signed_at) == (SignManner.ELECTRONIC, turn.ended_at)
    assert {"signing_turn.code", "signing_turn.identify", "signing_turn.sign", "signature.sign"} <= set(
        actions(agreement)
    )
    event = next(e for e in audit.of_dispute(agreement.dispute_id) if e.action == "signing_turn.sign")
    assert (event.actor_id, event.actor_name, json.loads(event.data)["sha256"]) == (0, turn.name, file.sha256)
    assert list(audit.verify()) == []
    told = db.session.scalars(
        sa.select(Notice).where(Notice.kind == "signing", Notice.user_id == mediator_wang.id)
    ).all()
    assert len(told) == 1
    phone.post(f"/sign/{given.token}/signature", filled(page), status=409)


def test_a_link_is_open_in_one_browser_only(client_for, mediator_wang, agreement):
    given = link(mediator_wang, agreement)
    opened(client_for(None), given)
    other = client_for(None)
    other.get(f"/sign/{given.token}", status=410)
    other.post(f"/sign/{given.token}/code", {"code": given.code}, status=410)
    other.get(f"/sign/{given.token}/document", status=404)


@pytest.mark.parametrize("lacking", ["sign-has_read", "sign-electronic", "sign-strokes"])
def test_what_is_missing_is_asked_for_and_the_drawing_stays(client_for, mediator_wang, agreement, lacking):
    given, phone = link(mediator_wang, agreement), client_for(None)
    sent = filled(opened(phone, given))
    sent.pop(lacking)
    page = phone.post(f"/sign/{given.token}/signature", sent, status=422)
    assert page.errors()
    if lacking != "sign-strokes":
        assert json.loads(page.field("sign-strokes")) == STROKES
    assert given.turn.status is TurnStatus.OPENED


@pytest.mark.parametrize("strokes", ["", "[]", "no json", "[[[1,2,3]]]", "[" * 3000, json.dumps([[[0, 0, 0], [10**9, 0, 0]]])])  # fmt: skip
def test_what_is_no_signature_is_none(client_for, mediator_wang, agreement, strokes):
    given, phone = link(mediator_wang, agreement), client_for(None)
    page = opened(phone, given)
    phone.post(f"/sign/{given.token}/signature", filled(page, **{"sign-strokes": strokes}), status=422)
    assert given.turn.status is TurnStatus.OPENED


def test_only_the_bytes_that_were_read_are_signed(client_for, mediator_wang, agreement):
    given, phone = link(mediator_wang, agreement), client_for(None)
    page = opened(phone, given)
    answer = phone.post(f"/sign/{given.token}/signature", filled(page, **{"sign-document": "0" * 64}), status=422)
    assert "第十三条" in answer.text
    assert first(agreement).signed_at is None


def test_wrong_codes_are_counted_and_after_five_the_code_is_spent(client_for, mediator_wang, agreement):
    given, phone = link(mediator_wang, agreement), client_for(None)
    wrong = f"{(int(given.code) + 1) % 10**6:06d}"
    for _try in range(rules.MOST_TRIES):
        phone.post(f"/sign/{given.token}/code", {"code": wrong}, status=422)
    page = phone.post(f"/sign/{given.token}/code", {"code": given.code}, status=422)
    assert "第十三条" in page.text
    assert (given.turn.status, given.turn.tries) == (TurnStatus.ISSUED, rules.MOST_TRIES + 1)
    assert actions(agreement).count("signing_turn.miss") == rules.MOST_TRIES + 1
    for _try in range(10):
        last = phone._send("post", f"/sign/{given.token}/code", data={"csrf_token": phone.token(), "code": wrong})
    assert last.status == 429
    assert int(last.response.headers["Retry-After"]) > 0


def test_a_new_code_opens_the_same_link(client_for, mediator_wang, agreement):
    given = link(mediator_wang, agreement)
    with clock.pretend(clock.now() + timedelta(minutes=16)):
        phone = client_for(None)
        phone.post(f"/sign/{given.token}/code", {"code": given.code}, status=422)
        page = client_for(mediator_wang).post(f"/agreements/{agreement.id}/turns/{given.turn.id}/code", status=200)
        code = page.soup.select_one(".signing-code").get_text()
        phone.post(f"/sign/{given.token}/code", {"code": " ".join(code)})
        assert "调解协议书" in phone.get(f"/sign/{given.token}").text


def test_a_code_by_message_goes_to_the_partys_number_and_nobody_sees_it(client_for, sms, mediator_wang, agreement):
    given, phone = link(mediator_wang, agreement, Check.CODE_BY_SMS), client_for(None)
    assert given.code == ""
    party = db.session.get_one(Party, first(agreement).party_id)
    told = db.session.scalars(sa.select(Notice).where(Notice.kind == "signing_code")).all()
    assert [(n.channel, n.address) for n in told] == [("sms", party.phone)]
    assert given.turn.seen == f"{party.phone[:3]}****{party.phone[-4:]}"
    phone.post(f"/sign/{given.token}/new-code")
    told = db.session.scalars(sa.select(Notice).where(Notice.kind == "signing_code").order_by(Notice.id)).all()
    assert told[0].superseded_at is not None
    code = re.search(r"验证码为(\d{6})", told[-1].text).group(1)
    phone.post(f"/sign/{given.token}/code", {"code": code})
    for _again in range(3):
        last = phone._send("post", f"/sign/{given.token}/new-code", data={"csrf_token": phone.token()})
    assert last.status in {409, 429}


def test_without_a_gateway_a_code_is_told_face_to_face(mediator_wang, agreement):
    assert refused(mediator_wang, agreement, first(agreement), Check.CODE_BY_SMS) == "S36 art. 13"


def test_a_code_told_face_to_face_is_not_sent_for_whoever_asks(client_for, mediator_wang, agreement):
    given = link(mediator_wang, agreement)
    client_for(None).post(f"/sign/{given.token}/new-code", status=404)


def test_a_wrong_address_leads_nowhere_and_is_slowed_down(client_for):
    phone = client_for(None).client
    answers = [phone.get(f"/sign/{n:043d}").status_code for n in range(40)]
    assert answers == [404] * 30 + [429] * 10


def test_a_link_that_was_taken_back_leads_nowhere(client_for, mediator_wang, agreement):
    given, phone = link(mediator_wang, agreement), client_for(None)
    page = opened(phone, given)
    url = f"/agreements/{agreement.id}/turns/{given.turn.id}/revocation"
    client_for(mediator_wang).post(url)
    assert "收回" in client_for(mediator_wang).get(f"/agreements/{agreement.id}").text
    phone.post(f"/sign/{given.token}/signature", filled(page), status=409)
    client_for(mediator_wang).post(url, status=409)
    client_for(None).get(f"/sign/{given.token}", status=410)


def test_the_secret_address_stays_out_of_the_servers_log(app, mediator_wang, agreement):
    url = f"/sign/{link(mediator_wang, agreement).token}"
    db.session.commit()
    environ = {"PATH_INFO": url, "RAW_URI": url, "REQUEST_METHOD": "GET", "SERVER_NAME": "x", "SERVER_PORT": "80",
               "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "REMOTE_ADDR": "127.0.0.1"}  # fmt: skip
    said: list[str] = []
    b"".join(app.wsgi_app(environ, lambda status, _headers, _error=None: said.append(status)))
    assert said == ["200 OK"]
    assert not any(url[6:] in value for value in environ.values() if isinstance(value, str))


# ---- refusing, paper, the tablet -------------------------------------------------------------------------------------


def test_a_signer_refuses_with_the_reason(client_for, mediator_wang, agreement):
    given, phone = link(mediator_wang, agreement), client_for(None)
    opened(phone, given)
    phone.post(f"/sign/{given.token}/refusal", {"refuse-reason": " "}, status=422)
    phone.post(f"/sign/{given.token}/refusal", {"refuse-reason": "期限太短"})
    db.session.expire_all()
    assert (given.turn.status, given.turn.reason) == (TurnStatus.REFUSED, "期限太短")
    assert first(agreement).reason == "期限太短"
    assert db.session.get_one(Agreement, agreement.id).status is AgreementStatus.NOT_SIGNED
    assert "agreement.leave_unsigned" in actions(agreement)


def test_who_cannot_draw_signs_on_paper_and_it_counts_as_much(client_for, mediator_wang, agreement):
    given, phone = link(mediator_wang, agreement), client_for(None)
    opened(phone, given)
    phone.post(f"/sign/{given.token}/paper")
    assert given.turn.status is TurnStatus.PAPER
    mediator = mediator_wang.as_actor()
    signing.sign(mediator, agreement, first(agreement), manner=SignManner.FINGERPRINT, at=clock.now())
    assert first(agreement).manner is SignManner.FINGERPRINT
    phone.post(f"/sign/{given.token}/paper", status=409)


def test_on_the_tablet_the_mediator_hands_over_and_signs_too(client_for, mediator_wang, agreement):
    browser = client_for(mediator_wang)
    given = link(mediator_wang, agreement, Check.DOCUMENT)
    url = f"/agreements/{agreement.id}/turns/{given.turn.id}"
    page = browser.get(url)
    assert page.soup.select_one("nav.sidenav, #sidenav") is None
    browser.post(f"{url}/signature", filled(page))
    own = turns.give(mediator_wang.as_actor(), agreement, signing.wanted(agreement)[-2], check=Check.ACCOUNT)
    url = f"/agreements/{agreement.id}/turns/{own.turn.id}"
    browser.post(f"{url}/signature", filled(browser.get(url)))
    assert {t.status for t in reading.of_agreement(agreement)} == {TurnStatus.SIGNED}


def test_nobody_of_the_house_signs_at_somebodys_link(client_for, mediator_wang, agreement):
    given = link(mediator_wang, agreement)
    browser, url = client_for(mediator_wang), f"/agreements/{agreement.id}/turns/{given.turn.id}"
    browser.get(url, status=404)
    browser.post(f"{url}/signature", status=404)


# ---- the day of effect, and the record -------------------------------------------------------------------------------


def signed(agreement, mediator):
    """All in mixed ways: the parties by link, the mediator on the screen, the seal on paper last."""
    for signature in signing.wanted(agreement)[:-1]:
        check = Check.DOCUMENT if signature.party_id else Check.ACCOUNT
        turn = turns.give(mediator.as_actor(), agreement, signature, check=check, seen="身份证 002X").turn
        turns.sign(mediator.as_actor(), turn, DRAWN, read=reading.file_of(turn).sha256)
    seal = signing.wanted(agreement)[-1]
    signing.sign(mediator.as_actor(), agreement, seal, manner=SignManner.SEAL, at=clock.now())


def test_in_whatever_way_the_last_signature_makes_it_effective(mediator_wang, agreement):
    signed(agreement, mediator_wang)
    assert agreement.status is AgreementStatus.EFFECTIVE
    assert agreement.effective_on == clock.today()


def test_a_link_may_bring_the_last_signature(client_for, mediator_wang, agreement):
    mediator = mediator_wang.as_actor()
    given = link(mediator_wang, agreement)
    for signature in signing.wanted(agreement)[1:]:
        if signature.signer != "organisation":
            signing.sign(mediator, agreement, signature, manner=SignManner.HANDWRITTEN, at=clock.now())
    seal = signing.wanted(agreement)[-1]
    seal.signed_at, seal.manner = clock.now(), SignManner.SEAL
    audit.record(mediator, "sign", seal)
    db.session.commit()
    tomorrow = clock.now() + timedelta(days=1)
    with clock.pretend(tomorrow):
        phone = client_for(None)
        code = turns.renew_code(mediator, given.turn)
        phone.post(f"/sign/{given.token}/code", {"code": code})
        phone.post(f"/sign/{given.token}/signature", filled(phone.get(f"/sign/{given.token}")))
        found = db.session.get_one(Agreement, agreement.id)
        assert (found.status, found.effective_on) == (AgreementStatus.EFFECTIVE, clock.today())
    assert {"agreement.take_effect", "assignment.agree", "dispute.agree"} <= set(actions(agreement))
    assert store.latest("signing_record", "agreement", agreement.id) is not None


def test_the_record_proves_who_signed_what_and_when(mediator_wang, agreement):
    signed(agreement, mediator_wang)
    document = store.latest("signing_record", "agreement", agreement.id)
    assert document.sealed
    file = db.session.get(DocumentFile, agreement.document_id)
    assert document.data["sha256"] == file.sha256
    assert [one["name"] for one in document.data["signed"]] == [s.name for s in signing.wanted(agreement)[:-1]]
    assert {one["sha256"] for one in document.data["signed"]} == {file.sha256}
    assert document.data["drawn"] == [STROKES] * 3
    assert [row[2] for row in document.data["others"]] == ["盖章"]


def test_the_drawings_are_on_the_paper_and_the_strokes_inside_it(mediator_wang, agreement):
    signed(agreement, mediator_wang)
    job = store.making.job_of(store.latest("signing_record", "agreement", agreement.id))
    page = store.composing.compose(job.kind, job.sheet, job.data)
    assert page.html.count('class="drawing"') == 6
    made = engine.render(page.html, created=page.created, pictures=page.pictures, facts=job.data)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        kept = json.loads(pdf.attachments[engine.FACTS].get_file().read_bytes())
    assert kept["drawn"] == [STROKES] * 3


def test_an_agreement_signed_on_paper_alone_has_no_such_record(clerk_li, mediator_wang):
    made = builders.signed_agreement(clerk_li.as_actor(), mediator_wang.as_actor())
    assert store.latest("signing_record", "agreement", made.id) is None


def test_what_was_signed_never_changes(mediator_wang, agreement):
    given = link(mediator_wang, agreement, Check.DOCUMENT)
    turns.sign(mediator_wang.as_actor(), given.turn, DRAWN, read=reading.file_of(given.turn).sha256)
    table = SigningTurn.__table__
    for change in (table.update().values(reason="x"), table.delete()):
        with pytest.raises(DBAPIError, match="never changed"), db.session.begin_nested():
            db.session.execute(change.where(table.c.id == given.turn.id))


def test_back_to_draft_ends_the_turns(client_for, mediator_wang, agreement):
    given, phone = link(mediator_wang, agreement), client_for(None)
    page = opened(phone, given)
    client_for(mediator_wang).post(f"/agreements/{agreement.id}/reopening")
    assert given.turn.status is TurnStatus.REVOKED
    phone.post(f"/sign/{given.token}/signature", filled(page), status=409)


# ---- the day ---------------------------------------------------------------------------------------------------------


def test_the_daily_run_reminds_once_and_ends_what_is_over(sms, mediator_wang, agreement):
    given = link(mediator_wang, agreement)
    link(mediator_wang, agreement, Check.DOCUMENT, place=1)
    court = agreement.court_id
    with clock.pretend(clock.now() + timedelta(days=2, hours=1)):
        done = day_of(court)
        assert (done.done["turns_over"], done.done["turns_reminded"], done.failed) == (1, 1, [])
        assert day_of(court).done["turns_reminded"] == 0
        told = db.session.scalars(sa.select(Notice).where(Notice.kind == "signing_reminder")).all()
        assert len(told) == 1
        assert given.token not in told[0].text
    with clock.pretend(clock.now() + timedelta(days=3, hours=1)):
        assert day_of(court).done["turns_over"] == 1
    db.session.expire_all()
    assert given.turn.status is TurnStatus.EXPIRED
    assert first(agreement).signed_at is None


def test_an_expired_link_leads_nowhere_before_the_daily_run_too(client_for, mediator_wang, agreement):
    given = link(mediator_wang, agreement)
    with clock.pretend(clock.now() + timedelta(days=3, seconds=1)):
        client_for(None).get(f"/sign/{given.token}", status=410)
        client_for(None).post(f"/sign/{given.token}/code", {"code": given.code}, status=410)


def test_nothing_is_signed_before_the_document_stands(clerk_li, mediator_wang, monkeypatch):
    mediator = mediator_wang.as_actor()
    assignment = builders.accepted_assignment(clerk_li.as_actor(), mediator)
    builders.open_session(mediator, assignment)
    made = builders.drafted_agreement(mediator, assignment)
    drafting.put_up(mediator, made)
    broken = db.session.get_one(Document, made.document_id)
    monkeypatch.setattr(store, "produce", lambda _number: broken.status)
    assert refused(mediator_wang, made, first(made)) == "S36 art. 13"
    assert db.session.scalar(sa.select(sa.func.count(Clause.id)).where(Clause.agreement_id == made.id)) == 2
