"""An agreement signed on a tablet by one party and at a personal link on a phone by the other, then proved by anybody."""

import re

from tests.e2e.person import Person

# In the demonstration court one agreement of this mediator waits for its signatures.
MEDIATOR, TABLET, PHONE = "mediator1", "演示物业服务有限公司第庚分公司", "汪某庚"
NAME = "演示人民调解员甲"


def draw(someone: Person) -> None:
    """A name drawn with finger or pen: pointers go down, move and are lifted."""
    field = someone.page.locator("canvas[data-signature]")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    assert box is not None
    mouse = someone.page.mouse
    for left, top, right, bottom in ((0.2, 0.3, 0.7, 0.3), (0.45, 0.15, 0.4, 0.85), (0.3, 0.5, 0.75, 0.8)):
        mouse.move(box["x"] + left * box["width"], box["y"] + top * box["height"])
        mouse.down()
        mouse.move(box["x"] + right * box["width"], box["y"] + bottom * box["height"], steps=8)
        mouse.up()


def sign(someone: Person) -> None:
    someone.look()
    draw(someone)
    someone.tick("我已阅读文书全文")
    someone.tick("我同意以电子方式签名")
    someone.send("签署文书")


def give_turn(mediator: Person, name: str, check: str, seen: str = "") -> None:
    page = mediator.page
    page.locator("details.turn-give > summary").click()
    signer = page.locator("#turn-signer")
    signer.select_option(label=next(one for one in signer.locator("option").all_inner_texts() if name in one))
    page.get_by_label(check, exact=False).first.check()
    if seen:
        page.locator("#turn-seen").fill(seen)
    mediator.send("安排签署")


def test_one_signs_on_the_tablet_the_other_on_a_phone_and_the_file_proves_itself(person, tmp_path):
    mediator = person(MEDIATOR)
    mediator.page.get_by_role("link", name=re.compile(PHONE)).first.click()
    mediator.look()
    mediator.page.get_by_role("link", name=re.compile(r"调解协议-\d{4}-\d+")).first.click()
    mediator.look()
    agreement = mediator.page.url
    # The company on the mediator's tablet, known by a document that was compared.
    give_turn(mediator, TABLET, "当面核对身份证件", "营业执照 01XA")
    sign(mediator)
    # The other party at a link of its own, with a code told face to face, on a phone.
    mediator.page.goto(agreement)
    give_turn(mediator, PHONE, "核对身份证件后当面告知验证码", "居民身份证 002X")
    link = mediator.page.locator(".signing-address code").inner_text()
    code = mediator.page.locator(".signing-code").inner_text()
    party = person(phone=True)
    party.open(link.removeprefix(party.address))
    party.sees_not(TABLET)
    party.fill("签署验证码", code)
    party.page.locator("main form button[type=submit]").first.click()
    sign(party)
    # The mediator last; then it is in effect.
    mediator.page.goto(agreement)
    give_turn(mediator, NAME, "以本人账号登录")
    sign(mediator)
    mediator.page.goto(agreement)
    sealed_and_proved(person, mediator, tmp_path)


def sealed_and_proved(person, mediator, tmp_path) -> None:
    # The committee sets its seal on paper.
    mediator.tick("历下区人民调解委员会")
    mediator.tick("盖章")
    mediator.send("记录以上签名")
    mediator.sees("已生效")
    # What was done electronically stands in a record of its own, beside the very file that was signed.
    mediator.press("返回纠纷")
    record = mediator.paper("电子签署记录")
    assert TABLET in record
    assert PHONE in record
    assert "SHA-256" in record
    file = mediator.download("调解协议书", tmp_path)
    # Anybody drops the file on the public page.
    anybody = person()
    anybody.open("/verify")
    anybody.page.locator("input[type=file]").set_input_files(file)
    anybody.page.locator("main form:has(input[type=file]) button[type=submit]").click()
    anybody.sees("真实、完整")
    anybody.look()
