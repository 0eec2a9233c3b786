"""What notices to parties say: the kinds, the facts each may name, and the standard wording. Pure; in Chinese only.

Parties are written to in Chinese. What goes over a channel that anybody on the way may read has no place for an amount
or a clause: there is no such fact (S4 arts 2, 28; S2 art. 146).
"""

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass, field

from mediation.notices.rules import OPEN_CHANNELS, Channel

TO_PARTIES = (Channel.SMS, Channel.E_MAIL, Channel.PHONE, Channel.PAPER)
# What a place in a text may be filled with. The first are harmless anywhere; the others only on paper or by voice.
OPEN_FACTS = frozenset({"when", "place", "number", "link", "bench", "until"})
CLOSED_FACTS = frozenset({"recipient"})
# What is told in writing alone.
PAPER_FACTS = frozenset({"reason"})
LONGEST = 300


@dataclass(frozen=True)
class Kind:
    """A kind of notice: the facts whoever writes it has, its standard wording, and whether it tells of a lawsuit's act."""

    name: str
    facts: frozenset[str]
    standard: str
    article: str
    # Summons and rulings are served under CPL arts 88-95; an invitation to mediate is not.
    procedural: bool = False
    example: Mapping[str, str] = field(default_factory=dict)
    # What it means, in plain words, on the sheet that goes by hand or by post.
    plain: tuple[str, ...] = ()

    @property
    def on_paper(self) -> bool:
        """Whether it goes in writing alone: it names what no open channel and no call may carry."""
        return bool(self.facts & PAPER_FACTS)

    def allowed(self, channel: Channel) -> frozenset[str]:
        """The facts this kind may name on this channel."""
        return self.facts if channel in OPEN_CHANNELS else self.facts | CLOSED_FACTS


_WHEN = {"when": "2026年3月9日 09:30", "place": "第一调解室", "recipient": "演示甲"}
_MEETING = frozenset({"when", "place"})
KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "session",
            _MEETING,
            "请于{when}到{place}参加调解，并携带身份证件。调解不公开、不收费；您可以随时要求停止调解。",
            "S4 art. 14",
            example=_WHEN,
            plain=(
                "调解就是由调解员帮助双方坐下来商量，谁对谁错不由调解员裁判，同意不同意由您自己决定。",
                "为了谈成而作的让步，以后打官司时不会被当作对您不利的根据（双方都同意的除外）。",
                "谈成了，双方签协议，还可以共同申请法院确认，确认后对方不履行，可以直接申请强制执行。",
                "谈不成或者不愿意调解，不影响您打官司。",
                "这个时间来不了，或者需要翻译、手语、无障碍帮助，请尽早打电话告诉我们。",
            ),
        ),
        Kind(
            "meeting_moved",
            _MEETING,
            "原定的调解（庭审、询问）改为{when}在{place}进行，请携带身份证件参加，以本次通知为准。",
            "S4 art. 14",
            example=_WHEN,
            plain=("以前收到的时间、地点不再有效。", "新的时间来不了，请尽早打电话告诉我们。"),
        ),
        Kind(
            "meeting_cancelled",
            _MEETING,
            "原定{when}在{place}进行的调解（庭审、询问）已取消，另行安排的时间将再次通知。",
            "S4 art. 14",
            example=_WHEN,
            plain=("您不用按原来的时间过来。", "您的事情没有因此结束，我们会再与您联系。"),
        ),
        Kind(
            "meeting_unsettled",
            _MEETING,
            "原定{when}在{place}进行的调解（庭审、询问）因调解员届时不能到场，需要改期或者更换调解员，结果将另行通知。"
            "收到新的通知前，请不要按原时间前来。",
            "S4 arts 10, 14",
            example=_WHEN,
            plain=("原因在我们这边，不影响您的权利。", "换了调解员，您仍然可以提出回避或者不同意调解。"),
        ),
        Kind(
            "meeting_room_gone",
            _MEETING,
            "原定{when}在{place}进行的调解（庭审、询问）因该房间届时停用，需要更换房间或者改期，结果将另行通知。"
            "收到新的通知前，请不要按原时间、原地点前来。",
            "S4 art. 14",
            example=_WHEN,
            plain=("原因在我们这边，不影响您的权利。",),
        ),
        Kind(
            "meeting_rest_day",
            _MEETING,
            "原定{when}在{place}进行的调解（庭审、询问），因当日按照国务院节假日安排放假，需要改期，新的时间将另行通知。"
            "收到新的通知前，请不要按原时间前来。",
            "S31 art. 7; S4 art. 14",
            example=_WHEN,
            plain=("原因在我们这边，不影响您的权利。", "方便的时间，可以打电话告诉我们。"),
        ),
        Kind(
            "meeting_stands",
            _MEETING,
            "原定{when}在{place}进行的调解（庭审、询问）照常进行，请携带身份证件按时参加，以本次通知为准。",
            "S4 art. 14",
            example=_WHEN,
        ),
        Kind(
            "meeting_other_mediator",
            _MEETING,
            "原定{when}在{place}进行的调解，时间、地点不变，由另一名调解员主持，请携带身份证件按时参加，以本次通知为准。",
            "S4 arts 13, 14",
            example=_WHEN,
            plain=("换了调解员，您仍然可以提出回避或者不同意调解。",),
        ),
        Kind(
            "room_released",
            _MEETING,
            "原定{when}在{place}进行的调解（庭审、询问）因有人未到场，场地已释放。另行安排时间前，请与本中心联系。",
            "S4 art. 14",
            example=_WHEN,
        ),
        Kind(
            "questioning",
            _MEETING,
            "请携带身份证件于{when}到{place}，与对方当事人共同到场接受询问（申请司法确认）。"
            "无正当理由拒不接受询问的，可以按撤回申请处理。",
            "S2 art. 356",
            procedural=True,
            example=_WHEN,
            plain=(
                "法官要当面问双方：协议是不是自愿签的，内容是不是真的。",
                "裁定有效后，协议就有了强制执行的效力。",
                "确实来不了，请在这一天之前告诉我们原因，可以另约时间。",
            ),
        ),
        Kind(
            "sue_by",
            frozenset({"when"}),
            "您申请的诉前保全已采取措施，请于{when}前（含当日）依法起诉或者申请仲裁；逾期未起诉或者申请仲裁的，人民法院应当解除保全。调解不影响该期限。",
            "CPL art. 104",
            procedural=True,
            example={"when": "2026年4月1日", "recipient": "演示甲"},
        ),
        Kind(
            "performance_due",
            frozenset({"when", "number"}),
            "您签字的调解协议（{number}）有一项义务将于{when}到期，请对照您手中的协议书按时履行并保留凭证；"
            "已经履行的，请告知本中心。",
            "S3 art. 31",
            example={"when": "2026年3月9日", "number": "TJ-2026-000001", "recipient": "演示甲"},
        ),
        Kind(
            "settlement_due",
            frozenset({"when", "number"}),
            "人民法院民事调解书（{number}）确定您履行的一项义务将于{when}到期，请对照您手中的调解书按时履行并保留凭证；"
            "已经履行的，请告知本院。",
            "CPL art. 100",
            example={"when": "2026年3月9日", "number": "（2026）鲁0102民初8号", "recipient": "演示甲"},
        ),
        Kind(
            "signing_code",
            frozenset({"number", "when"}),
            "您的签署验证码为{number}，{when}前有效。仅用于打开您本人的签署链接，请勿告诉任何人，工作人员不会向您索要。",
            "S36 art. 13",
            example={"number": "204816", "when": "2026年3月9日 09:30", "recipient": "演示甲"},
        ),
        Kind(
            "signing_reminder",
            frozenset({"number", "when"}),
            "您有一份文书（{number}）等待阅读和签署，请于{when}前打开您收到的个人链接；也可以到本中心在纸质文书上签名。"
            "是否签署由您自己决定。",
            "S5 art. 19",
            example={"number": "TJ-2026-000001", "when": "2026年3月9日 09:30", "recipient": "演示甲"},
        ),
        Kind(
            "rating",
            frozenset({"link"}),
            "您参加的调解已经结束，请在72小时内打开{link}对调解工作作出评价（仅能评价一次，不作为其他用途）。对调解员有投诉的，可以随时向本院提出。",
            "S4 art. 28",
            example={"link": "https://fayuan.example/rate/abc", "recipient": "演示甲"},
            plain=(
                "评价自愿，不评价不影响您的任何权利。",
                "您写的意见只有法院登记部门能看到，不公开，也不给调解员看。",
            ),
        ),
        Kind(
            "ruling",
            frozenset({"number"}),
            "您申请司法确认一案，本院已作出{number}民事裁定书，请到本院诉讼服务中心领取，或者等候送达。",
            "CPL art. 88",
            procedural=True,
            plain=("这份裁定书很重要，请妥善保管。", "看不懂的地方，可以到诉讼服务中心请工作人员讲解，不收费。"),
            example={"number": "（2026）鲁0000诉前调确1号", "recipient": "演示甲"},
        ),
        Kind(
            "objection_ruled",
            frozenset({"number"}),
            "对司法确认裁定提出的异议（{number}），本院已作出民事裁定，请到本院诉讼服务中心领取，或者等候送达。",
            "S2 art. 372",
            procedural=True,
            plain=("这份裁定书很重要，请妥善保管。", "看不懂的地方，可以到诉讼服务中心请工作人员讲解，不收费。"),
            example={"number": "（2026）鲁0000民特监1号", "recipient": "演示甲"},
        ),
        Kind(
            "bench_named",
            frozenset({"number", "bench"}),
            "您参加诉讼的{number}一案，审判人员已经确定：{bench}。您认为其应当回避的，可以说明理由申请回避。",
            "CPL art. 131",
            procedural=True,
            plain=(
                "审判人员是审理您这个案件的人。",
                "与对方当事人或者代理人有亲属、利害等关系，可能影响公正审理的，您可以申请其回避。",
            ),
            example={"number": "（2026）鲁0000民初1号", "bench": "审判员演示乙", "recipient": "演示甲"},
        ),
        Kind(
            "evidence_period",
            frozenset({"number", "until"}),
            "您参加诉讼的{number}一案，举证期限到{until}届满，请在此之前向本院提交证据。"
            "在期限内提交证据确有困难的，应当在期限届满前向本院书面申请延长。"
            "逾期提交证据的，本院将责令说明理由，并可能不采纳该证据，或者采纳但予以训诫、罚款。",
            "CPL art. 68; S2 arts 99, 100",
            procedural=True,
            plain=(
                "证据是能够证明您所说的事情的材料，例如合同、收据、转账记录、照片。",
                "因客观原因自己收集不到的证据，可以申请法院调查收集。",
            ),
            example={"number": "（2026）鲁0000民初1号", "until": "2026年3月31日", "recipient": "演示甲"},
        ),
        Kind(
            "time_restored",
            frozenset({"number", "until"}),
            "您在{number}一案中提出的顺延期限申请，本院经审查予以准许，期限顺延至{until}。请在此之前办理。",
            "CPL art. 86",
            procedural=True,
            plain=("到了这一天，当天下班前来办都算按时。",),
            example={"number": "（2026）鲁0000民初1号", "until": "2026年3月31日", "recipient": "演示甲"},
        ),
        Kind(
            "time_not_restored",
            frozenset({"number", "reason"}),
            "您在{number}一案中提出的顺延期限申请，本院经审查不予准许。理由：{reason}",
            "CPL art. 86",
            procedural=True,
            plain=("原来的期限不变。", "看不懂的地方，可以到诉讼服务中心请工作人员讲解，不收费。"),
            example={"number": "（2026）鲁0000民初1号", "reason": "障碍在期限内已经消除。", "recipient": "演示甲"},
        ),
        Kind(
            "evidence_refused",
            frozenset({"number"}),
            "您参加诉讼的{number}一案，您提出的延长举证期限申请，本院经审查不予准许。请在原定期限内提交证据；逾期提交的，应当说明理由。",
            "S2 art. 100",
            procedural=True,
            plain=("因客观原因逾期，或者对方当事人对逾期没有异议的，视为没有逾期。",),
            example={"number": "（2026）鲁0000民初1号", "recipient": "演示甲"},
        ),
        Kind(
            "evidence_fine",
            frozenset({"number"}),
            "您在{number}一案中逾期提供证据，本院决定予以训诫、罚款，请到本院领取决定书。不服的，可以自收到决定书之日起三日内向上一级人民法院申请复议一次，复议期间不停止执行。",
            "CPL arts 68, 118, 119; S2 arts 102, 185",
            procedural=True,
            plain=("该证据法院仍会采纳；罚款是因为没有在规定的期限内提供，并且没有正当理由。",),
            example={"number": "（2026）鲁0000民初1号", "recipient": "演示甲"},
        ),
        Kind(
            "evidence_reprimand",
            frozenset({"number"}),
            "您在{number}一案中逾期提供的证据，本院予以采纳，并对您予以训诫：证据应当在举证期限内提供。",
            "CPL art. 68; S2 art. 102",
            procedural=True,
            plain=("训诫是法院对逾期提供证据的批评教育，记入笔录，不影响证据的使用。",),
            example={"number": "（2026）鲁0000民初1号", "recipient": "演示甲"},
        ),
        Kind(
            "paper_corrected",
            frozenset({"number"}),
            "本院对{number}一案的文书作出补正裁定，更正其中的错误，请到本院诉讼服务中心领取，或者等候送达。",
            "CPL art. 157; S8 art. 13",
            procedural=True,
            plain=("补正裁定只更正文书中写错、算错的地方，其他内容不变。请与原来的文书一起妥善保管。",),
            example={"number": "（2026）鲁0000民初1号", "recipient": "演示甲"},
        ),
        Kind(
            "party_joined",
            frozenset({"number"}),
            "您参加诉讼的{number}一案，本院已通知新的当事人（第三人）参加诉讼，有关材料请到本院查阅。本院为其确定的举证期限也适用于您，另行通知。",
            "S2 art. 74; S37 art. 55",
            procedural=True,
            plain=("新参加诉讼的人也有权提出意见和证据，此前没有其参加的庭审须重新进行。",),
            example={"number": "（2026）鲁0000民初1号", "recipient": "演示甲"},
        ),
        Kind(
            "joinder_refused",
            frozenset({"number", "reason"}),
            "您在{number}一案中提出的追加当事人（第三人）申请，本院经审查裁定驳回。理由：{reason}",
            "S2 art. 73",
            procedural=True,
            plain=("被驳回的只是让其他人参加本案的申请，您自己的诉讼不受影响。",),
            example={"number": "（2026）鲁0000民初1号", "reason": "与本案没有利害关系。", "recipient": "演示甲"},
        ),
        Kind(
            "claim_fee",
            frozenset({"number", "until"}),
            "您在{number}一案中提出的反诉（参加之诉）本院已经收到，请在{until}前到本院预交案件受理费。逾期不预交又未申请缓交、减交、免交，或者申请未获批准的，按撤回处理。",
            "S10 arts 18, 20, 22; S2 art. 213",
            procedural=True,
            plain=("决定与本诉合并审理的，受理费减半。",),
            example={"number": "（2026）鲁0000民初1号", "until": "2026年3月31日", "recipient": "演示甲"},
        ),
        Kind(
            "claim_joined",
            frozenset({"number"}),
            "您参加诉讼的{number}一案，本院决定将反诉（第三人参加之诉）与本诉合并审理。需要答辩的当事人，副本和应诉通知书另行送达；举证期限重新确定，另行通知。",
            "CPL art. 143; S2 arts 232, 233; S37 art. 55",
            procedural=True,
            plain=("合并审理是指双方互相提出的请求在同一个案件中一起审理、一起判决。",),
            example={"number": "（2026）鲁0000民初1号", "recipient": "演示甲"},
        ),
        Kind(
            "claim_refused",
            frozenset({"number"}),
            "您在{number}一案中提出的反诉（参加之诉），本院裁定不予受理，请到本院领取裁定书。您可以另行起诉；不服裁定的，可以在裁定书送达之日起十日内上诉。",
            "S2 art. 233; CPL arts 157, 171",
            procedural=True,
            plain=("不予受理只是不在本案中一起审理，并不表示您的请求没有道理。",),
            example={"number": "（2026）鲁0000民初1号", "recipient": "演示甲"},
        ),
        Kind(
            "relief_refused",
            frozenset({"number", "reason"}),
            "您在{number}一案中提出的诉讼费用司法救助申请，本院经审查不予批准。理由：{reason}请在本院指定的期限内交纳诉讼费用。",
            "S10 art. 48; S2 art. 213",
            procedural=True,
            plain=("司法救助是对交纳诉讼费用确有困难的当事人缓交、减交或者免交诉讼费用。",),
            example={"number": "（2026）鲁0000民初1号", "reason": "未提交经济困难的证明材料。", "recipient": "演示甲"},
        ),
        Kind(
            "bench_recusal",
            frozenset(),
            "您提出的回避申请，本院已作出决定，请到本院诉讼服务中心查阅、领取决定。不服的，可以在接到决定时申请复议一次。",
            "CPL art. 50",
            procedural=True,
            plain=(
                "回避申请被驳回的，复议期间审理照常进行。",
                "看不懂的地方，可以到诉讼服务中心请工作人员讲解，不收费。",
            ),
            example={"recipient": "演示甲"},
        ),
        Kind(
            "bench_recusal_review",
            frozenset(),
            "您对回避决定提出的复议申请，本院已作出复议决定，请到本院诉讼服务中心查阅、领取。",
            "CPL art. 50",
            procedural=True,
            plain=("复议决定作出后，不能再次申请复议。",),
            example={"recipient": "演示甲"},
        ),
    )
}


def named(text: str) -> set[str]:
    """The facts a text names in braces. ValueError when a brace is not one of a pair, or holds more than a name."""
    found = set()
    for _before, name, spec, conversion in string.Formatter().parse(text):
        if name is None:
            continue
        if spec or conversion or not re.fullmatch(r"[a-z_]+", name):
            raise ValueError(name)
        found.add(name)
    return found


def fill(text: str, facts: Mapping[str, str]) -> str:
    """The text with its facts in place."""
    return text.format_map(facts)
