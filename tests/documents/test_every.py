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

from mediation.documents import composing, engine, fontset, services
from tests.conftest import undone
from tests.documents import every

TEMPLATES = fontset.ROOT / "templates" / "documents"
KINDS = sorted(path.stem for path in TEMPLATES.glob("[a-z]*.html") if path.stem != "specimen")
# Below the type area stand page number and verification code.
TYPE_AREA = ["-x", "0", "-y", "0", "-W", "595", "-H", str(int(262 / 25.4 * 72) + 2)]
RARE = ("䶮", "𠅤", "犇", "㛃")


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
    return re.sub("序号材料名称份数|约定履行日期金额（元）依据", "", text)


def variant(document) -> tuple:
    """Documents of one kind that take the same turns in their template look alike."""
    turns = tuple(sorted((key, bool(value)) for key, value in document.data.items()))
    return document.kind, document.title, document.data.get("effect"), document.sealed, turns


@pytest.fixture(scope="module")
def papers(app, tmp_path_factory) -> list[Paper]:
    folder, found = tmp_path_factory.mktemp("every"), {}
    with undone(app):
        for document in every.live():
            if variant(document) not in found:
                job = services._job_of(document)
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
        assert named, paper.kind
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

DUTIES = {
    "rights_notice": ["选择或者接受调解员", "拒绝调解或者随时要求终止", "公开进行或者不公开进行", "回避", "更换", "如实陈述", "遵守调解秩序",
        "尊重对方当事人", "不得在其后的诉讼中作为对其不利的根据", "第二百零五条", "第一百一十五条"],
    "closing_report": ["调解用时", "调解次数", "结案结果", "14,200.00", "第十九条", "不记载调解中的陈述"],
    "performance_record": ["履行情况", "10,000.00", "全部履行完毕"],
    "service_receipt": ["受送达人", "送达方式", "直接送达", "送达日期", "受送达人（签名、盖章）", "见证人"],
    "receipt": ["收到时间", "2026年3月2日9时00分", "一式二份", "收件人"],
    "guidance": [
        "不同意调解不影响您的任何诉讼权利", "随时要求立案", "诉讼风险", "线上调解", "诉讼时效",
        "三十日内共同", "不收取费用", "不能直接申请强制执行", "仲裁", "自行和解", "恶意串通",
    ],
    "consent": ["完全自愿", "电子送达", "录音录像", "指定的调解员的，视为不同意调解", "随时撤回同意"],
    "refusal": ["不同意调解", "第一百二十五条", "七日内立案"],
    "correction": ["一次性告知", "第一百二十六条", "七日内"],
    "delegation_letter": [
        "第十一条", "三十日", "第二十七条", "三个工作日", "次日起计算", "不公开", "不得在后续诉讼程序中担任", "回执",
        "无争议事实记载表", "签收材料",
    ],
    "entrustment_letter": ["已登记立案", "七日", "延长一次", "不计入审理期限", "原告", "被告", "回执"],
    "referral_slip": ["随时可以向人民法院起诉", "自愿", "诉讼时效自提出请求之日起中断"],
    "disclosure": ["近亲属", "利害关系", "其他关系", "不收取任何费用", "保密", "不在后续诉讼程序中担任", "处理结果"],
    "mediation_record": ["开始时间", "结束时间", "身份核对", "权利义务", "虚假调解", "不公开", "第1调解室"],
    "agreement": [
        "历下区人民调解委员会调解协议书", "主要事实", "争议事项", "一、", "大写", "违约责任", "费用负担", "再无其他争议",
        "三十日内", "2026年4月2日", "一式四份", "调解员（签名）", "调解组织（盖章）", "法定代表人：陈犇，执行董事。",
        "山东样例律师事务所律师。",
    ],
    "undisputed_facts": ["各方均已确认", "依据：房屋租赁合同", "书面形式", "无需举证", "不记载任何一方为达成调解协议作出的让步"],
    "address_confirmation": ["邮政编码", "电子送达", "代收人"],
    "extension_confirmation": ["计算届满日", "原届满之日", "延长至", "延长理由", "一致同意"],
    "confirmation_application": ["共同申请", "第二百零五条", "自愿达成", "送达地址", "此致", "签名、捺印或者盖章"],
    "confirmation_undertaking": ["没有恶意串通", "没有其他正在进行的诉讼", "第一百一十五条", "他人合法权益"],
    "confirmation_acceptance": ["申请司法确认调解协议", "独任审查", "共同到场", "可以撤回申请", "不收取费用", "回避"],
    "supplement_notice": ["之前（含当日）", "第三百五十七条第二款"],
    "questioning_record": ["身份", "何调解组织", "自愿", "法律后果", "恶意串通", "权利证明", "案外人", "履行情况", "明确", "撤回"],
    "ruling_valid": ["第二百零五条、第二百零六条", "有效", "申请执行", "审判员", "书记员", "本件与原本核对无异"],
    "ruling_dismissed": ["驳回申请人", "变更原调解协议或者达成新的调解协议", "向人民法院提起诉讼"],
    "ruling_not_accepted": ["第三百五十五条第一款第（二）项", "不予受理"],
    "ruling_withdrawn": ["第三百五十七条"],
    "civil_mediation_document": ["原告提出诉讼请求", "本案事实", "自愿达成如下协议", "案件受理费", "不违反法律规定", "法律效力"],
    "withdrawal_ruling": ["第一百四十八条第一款", "准许原告", "减半收取"],
    "filing_notice": ["登记立案", "回避", "委托代理人", "案件受理费"],
    "fee_notice": ["16,800.00", "减半", "七日内", "第四十四条", "按撤诉处理", "大写"],
    "failure_record": ["终结原因", "调解不成的原因", "增加他方诉讼成本", "需要提示的其他情况", "调解次数", "交还的材料"],
    "transfer_letter": ["移送材料清单", "份数", "不随案移送", "第二十二条", "接收人（签名）", "诉讼时效自该日中断"],
}  # fmt: skip


def test_the_duties_cover_every_kind():
    assert sorted(DUTIES) == KINDS


def test_each_says_what_it_must(alike):
    for paper in alike:
        missing = [duty for duty in DUTIES[paper.kind] if plain(duty) not in paper.source]
        assert not missing, (paper.kind, paper.title)


def test_who_handed_in_a_complaint_reads_that_the_limitation_is_interrupted(papers):
    for paper in papers:
        if paper.kind == "receipt" and paper.data["has_complaint"]:
            assert "本院至迟于2026年3月9日决定是否登记立案" in paper.source
            assert "诉讼时效自收到起诉材料之日起中断" in paper.source
        if paper.kind == "guidance" and paper.data["submitted_on"]:
            assert "诉讼时效自该日起中断" in paper.source


CITED = {  # the articles a turn of the template rests on
    ("ruling_dismissed", "第二项协议约定"): "第三百五十八条第（二）项",
    ("ruling_dismissed", "房屋所有权"): "第三百五十五条第一款第（五）项、第二款",
    ("ruling_withdrawn", "款项已经当场付清"): "第三百五十七条第一款",
    ("ruling_withdrawn", "经释明"): "第三百五十七条第二款",
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
