"""Every kind of document, made by the services and opened with other programs than the one that wrote it."""

import json
import re
import subprocess
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import page as pdf_validator
import pikepdf
import pytest

from mediation.documents import catalogue, composing, engine, fontset, making
from tests.conftest import undone
from tests.documents import every

TEMPLATES = fontset.ROOT / "templates" / "documents"
KINDS = sorted(path.stem for path in TEMPLATES.glob("[a-z]*.html") if path.stem != "specimen")
# Below the type area stand page number and verification code.
TYPE_AREA = ["-x", "0", "-y", "0", "-W", "595", "-H", str(int(262 / 25.4 * 72) + 2)]
RARE = ("䶮", "𠅤", "犇", "㛃")
# Counts, and nobody's name.
NAMELESS = {"figures_report", "board_draft"}


@dataclass(frozen=True)
class Paper:
    """One produced document: what was asked for and the file that came of it."""

    kind: str
    title: str
    number: str
    data: dict[str, Any]
    source: str
    path: Path

    @property
    def text(self) -> str:
        done = subprocess.run(
            ["pdftotext", "-raw", *TYPE_AREA, self.path, "-"], capture_output=True, text=True, check=True
        )
        return plain(done.stdout)


def plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def told(html: str) -> str:
    """What the page says, in the order of its source."""
    return plain(unescape(re.sub(r"<[^>]+>", "", html[html.index("<body") :])))


def once(text: str) -> str:
    """Without the heads of tables that are printed again where the table goes on over the page."""
    heads = (
        "序号材料名称份数", "约定履行日期金额（元）依据", "指标口径计数数值", "指标口径计数本期上期去年同期", "口径指标说明启用日期",
        "月份交付调解终结成功结案口径成功率", "级别案由收到的纠纷", "阶段自至收到的纠纷", r"星期(\d\d:00)+",
    )  # fmt: skip
    return re.sub("|".join(heads), "", text)


def variant(document) -> tuple:
    """Documents of one kind that take the same turns in their template look alike."""
    turns = tuple(sorted((key, bool(value)) for key, value in document.data.items()))
    return (
        document.kind,
        document.title,
        document.data.get("effect"),
        document.data.get("place"),
        document.sealed,
        turns,
    )


@pytest.fixture(scope="module")
def papers(app, tmp_path_factory) -> list[Paper]:
    folder, found = tmp_path_factory.mktemp("every"), {}
    with undone(app):
        for document in every.live():
            if variant(document) not in found:
                job = making.job_of(document)
                page = composing.compose(job.kind, job.sheet, job.data)
                path = folder / f"{len(found)}-{document.kind}.pdf"
                path.write_bytes(engine.render(page.html, created=page.created, pictures=page.pictures, facts=job.data))
                found[variant(document)] = Paper(
                    document.kind, document.title, document.number, job.data, told(page.html), path
                )
    return list(found.values())


@pytest.fixture(params=KINDS)
def alike(request, papers) -> list[Paper]:
    """Everything that was made of one kind."""
    return [paper for paper in papers if paper.kind == request.param]


def test_every_kind_is_made(alike):
    assert alike


def test_the_text_reads_back_whole_and_in_order(alike):
    for paper in alike:
        assert once(paper.text) == once(paper.source)


def test_rare_names_are_copied_as_they_were_typed(papers):
    for paper in papers:
        named = [character for character in RARE if character in paper.source]
        assert named or paper.kind in NAMELESS, paper.kind
        assert all(character in paper.text for character in named)


def test_only_our_fonts_and_all_embedded(alike):
    for paper in alike:
        done = subprocess.run(["pdffonts", paper.path], capture_output=True, text=True, check=True)
        lines = done.stdout.splitlines()[2:]
        assert {line.split()[0].split("+")[1] for line in lines} <= set(fontset.FAMILIES)
        assert all(re.search(r"CID TrueType\s+Identity-H\s+yes yes yes", line) for line in lines)


def test_the_file_tells_what_it_is(alike):
    for paper in alike:
        with pikepdf.open(paper.path) as pdf:
            assert str(pdf.Root.Lang) == "zh-CN"
            assert bool(pdf.Root.MarkInfo.Marked)
            assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
            assert paper.title in str(pdf.docinfo.Title)
            assert str(pdf.docinfo.Title).endswith(paper.number)
            assert json.loads(pdf.attachments[engine.FACTS].get_file().read_bytes()) == paper.data
            for page in pdf.pages:
                box = [round(float(edge) / 72 * 25.4) for edge in page.MediaBox]
                assert box == [0, 0, 210, 297]


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_the_file_meets_the_archive_and_accessibility_standards(alike, profile):
    report = pdf_validator.validate_pdf_bytes(alike[0].path.read_bytes(), profile=profile)
    assert report.is_compliant, [failure.message for failure in report.failures]


def words(path: Path) -> list[list[tuple[float, float, float, float, str]]]:
    """For each page its words in the type area with their boxes in points."""
    done = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True)
    pages = done.stdout.split("<page ")[1:]
    box = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
    return [[(*map(float, place), text) for *place, text in box.findall(page)] for page in pages]


def test_nothing_runs_over_the_edges_of_the_type_area(alike):
    left, right = 28 / 25.4 * 72, (210 - 26) / 25.4 * 72
    for paper in alike:
        for page in words(paper.path):
            for x_min, _top, x_max, _bottom, word in page:
                assert left - 3 < x_min, (paper.kind, word)
                assert x_max < right + 8, (paper.kind, word)


def test_no_page_holds_nothing_but_signatures_or_the_close(alike):
    for paper in alike:
        done = subprocess.run(
            ["pdftotext", "-raw", *TYPE_AREA, paper.path, "-"], capture_output=True, text=True, check=True
        )
        for page in done.stdout.split("\f")[:-1]:
            running = [
                line for line in page.splitlines() if not re.search(r"（(签名|盖章).*：|年\s*月\s*日|^\W*$", line)
            ]
            assert running, (paper.kind, page)


def test_page_numbers_stand_outside(alike):
    for paper in alike:
        for number, page in enumerate(words(paper.path), 1):
            foot = [word for word in page if word[1] > 262 / 25.4 * 72 and word[4] == str(number)]
            assert len(foot) == 1
            assert (foot[0][0] > 300) == (number % 2 == 1)


# ---- what each must contain by rule (DOMAIN 5.4) --------------------------------------------------------------------

DUTIES = {entry.kind: entry.duties for entry in catalogue.ENTRIES}
# What the facts of these lives put on the paper.
TOLD = {
    "closing_report": ["14,200.00"],
    "performance_record": ["10,000.00"],
    "service_receipt": ["直接送达"],
    "receipt": ["2026年3月2日9时00分"],
    "mediation_record": ["第1调解室"],
    "agreement": [
        "历下区人民调解委员会调解协议书",
        "一、",
        "2026年4月2日",
        "一式四份",
        "法定代表人：陈犇，执行董事。",
        "山东样例律师事务所律师。",
    ],
    "undisputed_facts": ["依据：房屋租赁合同"],
    "fee_notice": ["16,800.00"],
}


def test_the_duties_cover_every_kind():
    assert sorted(DUTIES) == KINDS


def test_each_says_what_it_must(alike):
    for paper in alike:
        missing = [duty for duty in DUTIES[paper.kind] if plain(duty) not in paper.source]
        assert not missing, (paper.kind, paper.title)


@pytest.mark.parametrize("kind", sorted(TOLD))
def test_the_facts_of_the_case_are_on_the_paper(papers, kind):
    sources = [paper.source for paper in papers if paper.kind == kind]
    missing = [fact for fact in TOLD[kind] if not any(plain(fact) in source for source in sources)]
    assert not missing


def test_who_handed_in_a_complaint_reads_that_the_limitation_is_interrupted(papers):
    for paper in papers:
        if paper.kind == "receipt" and paper.data["has_complaint"]:
            assert (
                "本院至迟于2026年3月9日（自2026年3月2日的次日起计算7日，至2026年3月9日止）决定是否登记立案"
                in paper.source
            )
            assert "诉讼时效自收到起诉材料之日起中断" in paper.source
        if paper.kind == "guidance" and paper.data["submitted_on"]:
            assert "诉讼时效自该日起中断" in paper.source


CITED = {  # the articles a turn of the template rests on
    ("ruling_dismissed", "第二项协议约定"): "第三百五十八条第（二）项",
    ("ruling_dismissed", "房屋所有权"): "第三百五十五条第一款第（五）项、第二款",
    ("ruling_withdrawn", "款项已经当场付清"): "第三百五十七条第一款",
    ("ruling_withdrawn", "经释明"): "第三百五十七条第二款",
    ("bench_recusal_decision", "驳回龚䶮提出的回避申请"): "可以在接到本决定时向本院申请复议一次",
    ("bench_recusal_decision", "复议决定如下"): "维持原决定",
    ("preservation_ruling", "请求冻结"): "第一百零四条",
    ("preservation_ruling", "申请诉讼保全"): "人民共和国民事诉讼法》第一百",
    ("preservation_ruling", "驳回申请人"): "第一百五十七条第一款第四项",
    ("preservation_ruling", "没有依法提起诉讼"): "第一百零四条第三款",
    ("preservation_ruling", "已经提供担保"): "第一百零七条",
    ("enforcement_application", "审理过程中于"): "第二百四十七条第二款",
    ("enforcement_application", "裁定该调解协议有效"): "第二百零六条、第二百四十七条",
    ("supervision_order", "予以提醒"): "第三条",
    ("oral_agreement", "经当事人申请"): "达成协议之日，即2026年3月",
    ("oral_agreement", "委派调解"): "第二十四条",
    ("claim_withdrawal_ruling", "申请撤回反诉"): "第二百三十九条",
    ("claim_withdrawal_ruling", "未预交"): "第二百一十三条",
    ("correcting_ruling", "存在笔误"): "第二百四十五条",
    ("joinder_ruling", "申请追加吴"): "第七十三条",
    ("joinder_ruling", "申请作为本案无独立请求权的第三人"): "第五十九条第二款",
    ("joinder_ruling", "以有独立请求权的第三人身份"): "第一百五十七条第一款第一项",
    ("procedure_ruling", "驳回"): "第二百六十九条第一款",
    ("procedure_ruling", "转为普通程序"): "第一百七十条",
    ("civil_mediation_document", "签收后，即具有法律效力"): "本调解书经各方当事人签收后",
    ("civil_mediation_document", "签名或者盖章后即具有法律效力"): "已审查确认并记入笔录",
}


@pytest.mark.parametrize("turn", sorted(CITED))
def test_each_turn_cites_its_own_article(papers, turn):
    kind, words_of_it = turn
    found = [paper for paper in papers if paper.kind == kind and words_of_it in paper.source]
    assert found
    assert all(CITED[turn] in paper.source for paper in found)


def test_the_head_of_a_court_paper_names_applicants_before_respondents(papers):
    for paper in papers:
        if paper.kind in {"civil_mediation_document", "withdrawal_ruling", "agreement"}:
            first, second = (paper.source.index(f"：{name}") for name in (every.TENANT, every.COMPANY))
            assert first < paper.source.index(f"：{every.LAWYER}") < second


def test_what_the_parties_and_the_mediators_issue_is_not_headed_by_the_court(papers):
    for paper in papers:
        if paper.kind in {"confirmation_application", "confirmation_undertaking"}:
            assert paper.source.startswith(paper.title)
        if paper.kind in {
            "agreement",
            "mediation_record",
            "closing_report",
            "failure_record",
            "undisputed_facts",
            "transfer_letter",
        }:
            assert paper.source.startswith("历下区人民调解委员会")


def test_no_paper_of_mediation_equates_an_agreement_with_a_judgment(papers):
    assert not [paper for paper in papers if re.search("与(生效)?判决书?具有同等", paper.source)]


def test_identity_numbers_are_never_printed(papers):
    for paper in papers:
        assert every.builders.TENANT_ID not in paper.source
        assert "91370102MA3C00003L" not in paper.source


def test_the_specimens_of_the_gallery_hold_what_the_services_say(alike):
    for paper in alike:
        kept = json.loads((TEMPLATES / "specimens" / f"{paper.kind}.json").read_text())
        assert kept["data"].keys() == paper.data.keys()
