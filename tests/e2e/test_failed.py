"""A dispute that fails in mediation, clicked through: facts, packet, filing, fast track, closing (DESIGN 5, step 8)."""

import re

import pytest

PASSWORD = "Yanshi-2026-Lixia"
LENDER, BORROWER = "样例甲", "样例乙"
TITLE = f"{LENDER} 诉 {BORROWER}"
SECRET = "对方私下表示愿意支付三千元"
MEDIATOR, MEDIATOR_LOGIN = "演示人民调解员乙", "mediator2"


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    """What one part leaves for the next."""
    return {}


def the_failure(person, told):
    """Registered, consented, handed over, one session without agreement; facts nobody disputes; the report."""
    clerk = person("clerk")
    clerk.press("登记纠纷")
    page = clerk.page
    for number, (side, name) in enumerate((("applicants-0", LENDER), ("respondents-0", BORROWER)), 3):
        page.locator(f"#{side}-name").fill(name)
        page.locator(f"#{side}-phone").fill(f"1380000010{number}")
        page.locator(f"#{side}-domicile").fill(f"济南市历下区样例路{number}号")
    page.locator("#cause").press_sequentially("民间借贷")
    page.get_by_role("option", name=re.compile("^民间借贷纠纷")).first.click()
    page.locator("#amount").fill("20000")
    clerk.fill("诉讼请求", "请求返还借款20000元。")
    clerk.fill("事实与理由", "被申请人借款到期未还。")
    clerk.tick("已提交起诉状")
    clerk.send("登记")
    told["dispute"] = page.url.removeprefix(clerk.address).split("?")[0]
    clerk.sees("民间借贷：审查借贷发生的原因、款项来源和交付情况")
    clerk.send("确认甄别结果")
    clerk.press("向各方当事人告知并引导")
    for name in (f"申请人 {LENDER}", f"被申请人 {BORROWER}"):
        side = page.get_by_role("group", name=name)
        side.get_by_label("同意调解", exact=True).check()
        side.get_by_label("调解员", exact=True).select_option(label=MEDIATOR)
    clerk.send("登记调解意愿")
    clerk.press("选定调解员")
    clerk.send(f"交付{MEDIATOR}")
    mediator = person(MEDIATOR_LOGIN)
    mediator.open(told["dispute"])
    mediator.press("签收或者不接受")
    mediator.send("签收")
    mediator.press("预定调解")
    mediator.page.locator("main ul.choices a").first.click()
    mediator.send("预定并通知各方")
    for group in ("到场", "已核对身份", "开始前已告知"):
        for box in mediator.page.get_by_role("group", name=group).get_by_role("checkbox").all():
            box.check()
    mediator.fill_if_asked("今日进行的理由", "各方到场，同意今日调解。")
    mediator.send("开始调解")
    mediator.fill("背对背记录", SECRET)
    mediator.send("保存记录")
    mediator.press("记载或者确认事实")
    mediator.fill("事实", "2025年3月1日交付借款20000元。")
    mediator.send("记载")
    mediator.send("各方均已签名")
    mediator.sees("2025年3月1日交付借款20000元。")


def the_report(person, told):
    """The report ends the mediation; what was said in confidence stays behind."""
    mediator = person(MEDIATOR_LOGIN)
    mediator.open(told["dispute"])
    mediator.press("调解不成：报告")
    mediator.tick("05 分歧较大，难以达成协议")
    mediator.fill("调解基本过程", "当日调解一次，双方到场。")
    mediator.fill("主要原因", "对还款期限分歧较大。")
    mediator.fill("交还的材料", "起诉状一份、借条复印件一份")
    mediator.send("报告并交还材料")
    clerk = person("clerk")
    clerk.open(told["dispute"])
    clerk.sees("未达成协议")
    told["papers"] = ""
    for name in ("调解终结登记表", "转立案移送函", "无争议事实记载表"):
        told["papers"] += clerk.paper(name)
    assert "2025年3月1日交付借款20000元" in told["papers"]
    assert SECRET not in told["papers"]
    clerk.sees_not("背对背")
    clerk.send("接收材料")


def the_filing(person, told):
    """Filed at once; the fee is demanded and paid; a tribunal, a judge and an hour are chosen in one form."""
    clerk = person("clerk")
    clerk.open(told["dispute"])
    clerk.press("登记立案")

    clerk.press("通知缴费")
    clerk.send("发出缴费通知书")
    # 50 + 10,000 x 2.5 % = 300, halved in the summary procedure.
    clerk.sees("150.00 元")
    clerk.send("登记交纳")
    clerk.press("转入速裁")

    clerk.send("转入速裁")
    clerk.sees("速裁")
    told["case"] = clerk.page.url.removeprefix(clerk.address)


def the_end(person, told):
    """The judge of the fast track hears the case and closes it, with the password."""
    judge = person("fasttrack")
    judge.press(TITLE)
    # Both sides are in court: the plaint copy is handed over there, and they want to be heard at once (S2 art. 266).
    judge.send("发送起诉状副本和应诉通知书")
    judge.page.locator("summary", has_text="登记起诉状副本送达").click()
    judge.page.locator("#defence").get_by_role("button", name="记录", exact=True).click()
    judge.sees("起诉状副本已送达")
    judge.page.locator("summary", has_text="双方均不需要举证期限、答辩期间").click()
    judge.send("登记当事人表示")
    judge.send("登记开庭")
    judge.tick("判决")
    judge.page.locator("#closing-password").fill("not the password")
    judge.send("结案")
    judge.page.locator(".error-summary").wait_for()
    judge.page.locator("#closing-password").fill(PASSWORD)
    judge.send("结案")
    judge.sees("案件已结案，纠纷随之终结。")
    clerk = person("clerk")
    clerk.open(told["dispute"])
    clerk.sees("已办结")


STEPS = (the_failure, the_report, the_filing, the_end)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_the_failed_mediation(person, told, step):
    assert step is STEPS[0] or told, "it did not begin"
    step(person, told)
