"""The counter, the mediator and the president in English: every word of the system, none of it left in Chinese (DESIGN 6)."""

import re

import pytest

TITLE = "样例丙 v. 样例丁"
MEDIATOR = "演示人民调解员丙"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    return {}


def buttons_in_english(person):
    """What one presses and what labels a field carries no Chinese word, except the names of people and papers."""
    found = person.page.locator(
        "main button:visible, main label:visible, main legend:visible, main th[scope=col]:visible"
    )
    for words in found.all_inner_texts():
        told = words.replace(MEDIATOR, "")
        for name in ("样例丙", "样例丁", "历下区人民调解委员会", "中文"):
            told = told.replace(name, "")
        assert not CHINESE.search(told), (person.page.url, words)


def the_counter(person, told):
    """Registered, screened, told, both agree, handed over with a letter."""
    clerk = person("clerk", language="en")
    buttons_in_english(clerk)
    clerk.press("Register a dispute")
    buttons_in_english(clerk)
    page = clerk.page
    for number, (side, name) in enumerate((("applicants-0", "样例丙"), ("respondents-0", "样例丁")), 5):
        page.locator(f"#{side}-name").fill(name)
        page.locator(f"#{side}-phone").fill(f"1380000020{number}")
        page.locator(f"#{side}-domicile").fill(f"济南市历下区样例路{number}号")
    page.locator("#cause").press_sequentially("wyfw")
    page.get_by_role("option", name=re.compile("^物业服务合同纠纷")).first.click()
    page.locator("#amount").fill("2864")
    clerk.fill("Claims", "请求支付物业服务费。")
    clerk.fill("Facts and reasons", "业主以服务不到位为由拒交物业费。")
    clerk.tick("A complaint was handed in")
    clerk.send("Register")
    told["dispute"] = page.url.removeprefix(clerk.address).split("?")[0]
    clerk.sees("Suitable for mediation")
    clerk.press("Confirm: suitable for mediation")
    clerk.press("Hand the notice to all parties")
    buttons_in_english(clerk)
    for name in ("样例丙", "样例丁"):
        side = page.get_by_role("group", name=re.compile(name))
        side.get_by_label("Agrees to mediate", exact=True).check()
        side.get_by_label("Mediator", exact=True).select_option(label=MEDIATOR)
    clerk.send("Record the answers")
    clerk.press("Choose the mediator")
    clerk.sees("The parties chose together")
    clerk.sees("No conflict found")
    clerk.send(f"Hand over to {MEDIATOR}")
    clerk.sees("Route A")
    assert MEDIATOR in clerk.paper("委派调解函")


def the_mediator(person, told):
    """On a phone: accepted, the clock explains itself, a time is booked."""
    mediator = person("mediator3", phone=True, language="en")
    mediator.sees(TITLE)
    buttons_in_english(mediator)
    mediator.open(told["dispute"])
    mediator.press("Accept or decline")
    buttons_in_english(mediator)
    mediator.send("Accept")
    mediator.page.locator(".dispute-clocks li").first.get_by_role("link").click()
    mediator.look()
    buttons_in_english(mediator)
    mediator.open(told["dispute"])
    mediator.press("Book a session")
    buttons_in_english(mediator)
    mediator.page.locator("main ul.choices a").first.click()
    mediator.send("Book and notify the parties")
    mediator.sees("The session is booked; the notices to the parties are in the outbox.")
    buttons_in_english(mediator)


def the_president(person, told):
    """Figures, their definitions and the cases behind them; the rooms among them."""
    president = person("president", language="en")
    buttons_in_english(president)
    president.sees("Diversion rate before filing")
    president.page.locator("#rooms .figure-counts a").click()
    president.look()
    president.sees("Booked minutes")
    buttons_in_english(president)


STEPS = (the_counter, the_mediator, the_president)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_in_english(person, told, step):
    assert step is STEPS[0] or told, "it did not begin"
    step(person, told)
