"""The catalogue: for each document its place among those the law knows, its title, its rule and what it must say.

The words that must be said are looked for on every paper made in the tests, and shown to administrators beside a
specimen. docs/documents.md tells the same in English.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One document of the catalogue."""

    kind: str  # the template
    number: str
    title: str
    source: str
    duties: tuple[str, ...]


ENTRIES = (
    Entry("receipt", "1", "收件凭证", "S2 art. 208", ("收到时间", "一式二份", "收件人")),
    Entry("correction", "1", "补正通知书", "S2 arts 126, 208", ("一次性告知", "第一百二十六条", "七日内")),
    Entry(
        "guidance",
        "2",
        "诉讼风险告知书及调解引导书",
        "S25 art. 29; S5 art. 7; CPL arts 122, 205",
        (
            "不同意调解不影响您的任何诉讼权利", "随时要求立案", "诉讼风险", "线上调解", "诉讼时效", "三十日内共同",
            "不收取费用", "不能直接申请强制执行", "仲裁", "自行和解", "恶意串通",
        ),
    ),
    Entry(
        "consent",
        "3",
        "调解意愿确认书",
        "S4 arts 11, 12; S5 art. 4; CPL art. 125",
        ("完全自愿", "电子送达", "录音录像", "指定的调解员的，视为不同意调解", "随时撤回同意"),
    ),
    Entry(
        "refusal",
        "3b",
        "不同意调解确认书",
        "S27 art. 4; CPL arts 125, 126",
        ("不同意调解", "第一百二十五条", "七日内立案"),
    ),
    Entry(
        "delegation_letter",
        "4",
        "委派调解函",
        "S4 arts 11, 14, 27; S5 art. 12",
        (
            "第十一条", "三十日", "第二十七条", "三个工作日", "次日起计算", "不公开", "不得在后续诉讼程序中担任", "回执",
            "无争议事实记载表", "签收材料",
        ),
    ),
    Entry(
        "entrustment_letter",
        "4",
        "委托调解函",
        "S4 arts 11, 27; S12 points 2, 3",
        ("已登记立案", "七日", "延长一次", "不计入审理期限", "原告", "被告", "回执"),
    ),
    Entry(
        "referral_slip",
        "4",
        "诉讼外引导调解单",
        "S3 art. 17; CPL art. 122",
        ("随时可以向人民法院起诉", "自愿", "诉讼时效自提出请求之日起中断"),
    ),
    Entry(
        "disclosure",
        "5",
        "调解员承诺暨披露告知书",
        "S4 arts 15, 16; S5 art. 13",
        ("近亲属", "利害关系", "其他关系", "不收取任何费用", "保密", "不在后续诉讼程序中担任", "处理结果"),
    ),
    Entry(
        "tie_consent",
        "5b",
        "同意调解员继续调解确认书",
        "S4 art. 15; S5 art. 13",
        ("已经告知的情形", "有权申请其回避", "同意只及于上述情形", "同意不发生效力", "同意由", "年　　月　　日"),
    ),
    Entry(
        "recusal_decision",
        "5b",
        "特邀调解员回避决定书",
        "S4 art. 15; CPL arts 48, 50",
        ("暂停参与本纠纷的调解", "经核对", "经审查认为", "第十五条", "决定如下"),
    ),
    Entry(
        "rights_notice",
        "6",
        "调解权利义务告知书",
        "S3 arts 23, 24; S4 arts 13-15, 22; S5 art. 17; CPL art. 115",
        (
            "选择或者接受调解员",
            "拒绝调解或者随时要求终止",
            "公开进行或者不公开进行",
            "回避",
            "更换",
            "如实陈述",
            "遵守调解秩序",
            "尊重对方当事人",
            "不得在其后的诉讼中作为对其不利的根据",
            "第二百零五条",
            "第一百一十五条",
        ),
    ),
    Entry(
        "mediation_record",
        "7",
        "调解笔录",
        "S3 art. 27; S4 art. 14",
        ("开始时间", "结束时间", "身份核对", "权利义务", "虚假调解", "不公开"),
    ),
    Entry(
        "agreement",
        "8",
        "调解协议书",
        "S4 arts 19, 24; S3 art. 29",
        (
            "主要事实", "争议事项", "大写", "违约责任", "费用负担", "再无其他争议", "三十日内", "调解员（签名）",
            "调解组织（盖章）",
        ),
    ),
    Entry(
        "oral_agreement",
        "8b",
        "口头调解协议笔录",
        "S3 arts 28, 30; S4 arts 23, 24; CPL art. 205",
        ("无需制作调解协议书", "口头协议方式", "记录协议内容", "主要事实", "大写", "生效", "可以另行制作调解协议书", "调解员（签名）"),
    ),
    Entry(
        "signing_record",
        "8",
        "电子签署记录",
        "S5 art. 19; S36 arts 3, 5, 13, 14",
        ("签署时间", "身份核对方式", "SHA-256", "第十三条", "第十四条", "同等的法律效力", "能够被发现"),
    ),
    Entry(
        "undisputed_facts",
        "9",
        "无争议事实记载表",
        "S25 art. 24; S5 art. 22",
        ("各方均已确认", "书面形式", "无需举证", "不记载任何一方为达成调解协议作出的让步"),
    ),
    Entry(
        "address_confirmation",
        "10",
        "送达地址确认书",
        "S11 arts 3-5, 11; S2 arts 136, 137",
        ("邮政编码", "电子送达", "代收人"),
    ),
    Entry(
        "extension_confirmation",
        "11",
        "延长调解期限确认书",
        "S4 art. 27; S5 art. 24; S12 point 3",
        ("计算届满日", "原届满之日", "延长至", "延长理由", "一致同意"),
    ),
    Entry(
        "appraisal_application",
        "12",
        "诉前鉴定申请书",
        "S17 arts 2-4; S5 art. 26",
        ("鉴定事项", "其他当事人均同意", "提交的材料", "预交鉴定费", "经人民法院同意后启动", "不予委托", "不计入调解期限", "人民法院意见"),
    ),
    Entry(
        "confirmation_application",
        "13",
        "司法确认申请书",
        "CPL art. 205; S2 arts 353, 354",
        ("共同申请", "第二百零五条", "自愿达成", "送达地址", "此致", "签名、捺印或者盖章"),
    ),
    Entry(
        "confirmation_undertaking",
        "14",
        "司法确认承诺书",
        "CPL art. 115; S2 art. 358",
        ("没有恶意串通", "没有其他正在进行的诉讼", "第一百一十五条", "他人合法权益"),
    ),
    Entry(
        "confirmation_acceptance",
        "15",
        "受理通知书",
        "CPL art. 205; S2 art. 356",
        ("申请司法确认调解协议", "独任审查", "共同到场", "可以撤回申请", "不收取费用", "回避"),
    ),
    Entry(
        "supplement_notice", "15", "补充材料通知书", "S2 arts 354, 356, 357", ("之前（含当日）", "第三百五十七条第二款")
    ),
    Entry(
        "ruling_not_accepted",
        "15",
        "民事裁定书（不予受理）",
        "S2 art. 355; CPL art. 205",
        ("第三百五十五条第一款第（二）项", "不予受理"),
    ),
    Entry(
        "questioning_record",
        "16",
        "询问笔录",
        "S2 art. 356",
        ("身份", "何调解组织", "自愿", "法律后果", "恶意串通", "权利证明", "案外人", "履行情况", "明确", "撤回"),
    ),
    Entry(
        "ruling_valid",
        "17",
        "民事裁定书（有效）",
        "CPL arts 205, 206",
        ("第二百零五条、第二百零六条", "有效", "申请执行", "审判员", "书记员", "本件与原本核对无异"),
    ),
    Entry(
        "ruling_dismissed",
        "18",
        "民事裁定书（驳回）",
        "CPL art. 206; S2 arts 355, 358",
        ("驳回申请人", "变更原调解协议或者达成新的调解协议", "向人民法院提起诉讼"),
    ),
    Entry("ruling_withdrawn", "18", "民事裁定书（撤回）", "S2 art. 357", ("第三百五十七条",)),
    Entry(
        "confirmation_objection_ruling",
        "18",
        "民事裁定书（对司法确认裁定的异议）",
        "S2 arts 372, 127",
        ("异议人", "提出异议", "第三百七十二条", "裁定如下"),
    ),
    Entry(
        "civil_mediation_document",
        "19",
        "民事调解书",
        "CPL art. 100; S8 arts 7-14; S2 art. 151",
        ("原告提出诉讼请求", "本案事实", "自愿达成如下协议", "案件受理费", "不违反法律规定", "法律效力"),
    ),
    Entry(
        "failure_record",
        "20",
        "调解终结登记表",
        "S4 art. 26; S5 art. 21",
        ("终结原因", "调解不成的原因", "增加他方诉讼成本", "需要提示的其他情况", "调解次数", "交还的材料"),
    ),
    Entry(
        "transfer_letter",
        "21",
        "转立案移送函、转入审理程序通知",
        "S5 art. 21; S4 art. 22; S9 art. 10",
        ("移送材料清单", "份数", "不随案移送", "第二十二条", "接收人（签名）", "诉讼时效自该日中断"),
    ),
    Entry(
        "closing_report",
        "22",
        "调解结案报告",
        "S4 art. 19; S13",
        ("调解用时", "调解次数", "结案结果", "第十九条", "不记载调解中的陈述"),
    ),
    Entry(
        "service_receipt",
        "23",
        "送达回证",
        "CPL arts 87-95",
        ("受送达人", "送达方式", "送达日期", "受送达人（签名、盖章）", "见证人"),
    ),
    Entry(
        "fee_notice",
        "24",
        "缴纳诉讼费用通知书",
        "S10 arts 13, 16, 22, 44",
        ("减半", "七日内", "第四十四条", "按撤诉处理", "大写"),
    ),
    Entry(
        "filing_notice", "24", "受理案件通知书", "CPL arts 126, 129", ("登记立案", "回避", "委托代理人", "案件受理费")
    ),
    Entry(
        "notice_to_respond",
        "24",
        "应诉通知书",
        "CPL arts 128, 129, 130, 131",
        ("副本", "十五日内", "不影响本院审理", "回避", "委托", "管辖权", "审判组织"),
    ),
    Entry(
        "service_announcement",
        "24",
        "公告（公告送达）",
        "CPL art. 95; S2 arts 138, 139",
        ("第九十五条", "公告送达", "经过三十日", "视为送达"),
    ),
    Entry(
        "evidence_notice",
        "24",
        "举证通知书",
        "S37 arts 20, 50; CPL arts 67, 68, 118; S2 arts 90-102",
        ("举证责任的分配", "调查收集", "举证期限为", "届满", "逾期提供证据的法律后果", "不予采纳", "训诫、罚款"),
    ),
    Entry(
        "fine_decision",
        "32",
        "决定书（罚款）",
        "CPL arts 68, 118, 119; S2 arts 102, 185",
        ("被罚款人", "训诫", "罚款人民币", "院长批准", "三日内", "复议一次", "不停止"),
    ),
    Entry(
        "joinder_notice", "24", "参加诉讼通知书", "CPL arts 59, 135; S2 arts 73, 74, 81; S37 art. 55",
        ("参加诉讼", "委托代理人", "举证期限", "适用于其他当事人", "审判组织"),
    ),
    Entry(
        "claim_ruling", "19", "民事裁定书（反诉不予受理）", "CPL arts 157, 171; S2 arts 232, 233",
        ("不予受理", "另行起诉", "十日内", "上诉于上一级人民法院"),
    ),
    Entry(
        "claim_withdrawal_ruling", "19", "民事裁定书（准许撤回反诉；按撤回反诉处理）",
        "CPL arts 148, 157; S2 arts 213, 239; S10 arts 18, 20, 22", ("第一百四十八条第一款", "裁定如下", "撤回反诉"),
    ),
    Entry(
        "correcting_ruling", "19", "民事裁定书（补正）", "CPL art. 157; S2 art. 245; S8 art. 13",
        ("裁定如下", "补正为", "其他内容不变"),
    ),
    Entry(
        "joinder_ruling", "19", "民事裁定书（驳回追加当事人、第三人的申请）",
        "CPL arts 59, 135, 157; S2 arts 73, 81", ("本院经审查认为", "裁定如下"),
    ),
    Entry(
        "enforcement_application",
        "25b",
        "强制执行申请书",
        "CPL arts 206, 235, 245, 247, 250, 264; S2 art. 460",
        (
            "申请执行人", "被执行人", "强制被执行人", "第二百四十七条", "第二百五十条", "二年", "最后一日", "被执行人的财产线索",
        ),
    ),
    Entry("performance_record", "25", "协议履行情况记录", "S3 art. 31; S5 art. 20", ("履行情况", "全部履行完毕")),
    Entry(
        "withdrawal_ruling",
        "19",
        "民事裁定书（准许撤诉；按撤诉处理）",
        "CPL arts 121, 148, 157; S2 arts 199, 213; S10 art. 15",
        ("第一百四十八条第一款", "准许原告", "减半收取"),
    ),
    Entry(
        "procedure_ruling",
        "19",
        "民事裁定书（程序转换）",
        "CPL arts 43, 157, 169, 170; S2 arts 199, 258, 269",
        ("本院经审查认为", "裁定如下"),
    ),
    Entry(
        "jurisdiction_ruling",
        "19",
        "民事裁定书（管辖权异议）",
        "CPL arts 37, 130, 157, 171; S2 arts 35, 276; S10 art. 13",
        ("本院经审查认为", "裁定如下"),
    ),
    Entry(
        "bench_recusal_decision",
        "30",
        "审判人员回避决定书",
        "CPL arts 47-50; S2 arts 43-49",
        ("申请理由", "本院认为", "第四十九条", "决定如下"),
    ),
    Entry(
        "preservation_ruling",
        "31",
        "民事裁定书（保全；驳回保全申请；解除保全）",
        "CPL arts 103-107, 111, 157; S2 arts 166, 171, 485",
        ("申请人", "被申请人", "裁定如下", "申请复议一次", "复议期间不停止裁定的执行"),
    ),
    Entry(
        "evaluation_sheet",
        "28",
        "特邀调解员年度业绩评估表",
        "S4 art. 10",
        ("评估年度", "第十条", "培训", "投诉", "评估意见", "口径"),
    ),
    Entry(
        "figures_report",
        "29",
        "诉调对接工作统计报告（月度；季度；年度）",
        "S4 art. 3",
        ("统计期间", "统计截至", "指标口径", "上期", "去年同期", "启用日期"),
    ),
    Entry(
        "supervision_order",
        "26",
        "督办单",
        "S4 art. 3",
        ("督办事由", "书面反馈", "只督促办理进度", "自愿、合法", "终止调解、提起诉讼"),
    ),
    Entry("supervision_reply", "26", "反馈单", "S4 art. 3", ("反馈如下", "反馈期限", "反馈时间", "反馈人")),
    Entry(
        "board_draft",
        "27",
        "温馨提示公示稿",
        "S25 art. 29; CPL art. 205; S10 art. 8",
        ("等待开庭", "统计日期", "不影响任何权利", "不收费", "三十日内共同申请", "诉讼时效中断", "咨询", "不四舍五入", "核准公示"),
    ),
)  # fmt: skip

OF = {entry.kind: entry for entry in ENTRIES}
