"""The board in a browser: dragged with the mouse, carried with the keyboard, put back when refused; all of it usable."""

from datetime import date

import pytest
from playwright.sync_api import Locator, expect

from tests.scheduling.when import working_day


def take_out(someone, day: date, begins: str, ends: str) -> None:
    someone.open("/schedule/new")
    someone.page.locator("#day").fill(f"{day:%Y-%m-%d}")
    someone.page.locator("#last_day").fill(f"{day:%Y-%m-%d}")
    someone.page.locator("#begins").fill(begins)
    someone.page.locator("#ends").fill(ends)
    someone.page.locator("#note").fill("设备检修")
    with someone.page.expect_navigation():
        someone.page.locator("main form.house-form button[type=submit]").click()


def bar(someone, begins: str) -> Locator:
    return someone.page.locator("[data-booking]", has=someone.page.locator(".bar-time", has_text=begins))


def settled(someone) -> None:
    """The server has answered, and the board shows it."""
    expect(someone.page.locator(".is-sending")).to_have_count(0)


def pull(someone, what: Locator, rows: float) -> None:
    box, mouse = what.bounding_box(), someone.page.mouse
    height = someone.page.evaluate("parseFloat(getComputedStyle(document.querySelector('.day-rows')).gridAutoRows)")
    x, y = box["x"] + box["width"] / 3, box["y"] + box["height"] / 2
    mouse.move(x, y)
    mouse.down()
    mouse.move(x, y + rows * height / 2)
    mouse.move(x, y + rows * height, steps=4)
    mouse.up()
    settled(someone)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_booking_is_dragged_lengthened_carried_and_put_back(person, language):
    day = working_day(8 if language == "zh" else 9)
    someone = person("clerk", language=language)
    take_out(someone, day, "9:00", "9:30")
    take_out(someone, day, "11:00", "12:00")
    someone.open(f"/schedule?day={day:%Y-%m-%d}")
    said = someone.page.locator("[data-board-said]")

    pull(someone, bar(someone, "09:00–"), 2)
    expect(bar(someone, "09:30–10:00")).to_be_visible()
    pull(someone, bar(someone, "09:30–10:00").locator(".bar-grip"), 1)
    expect(bar(someone, "09:30–10:15")).to_be_visible()
    someone.look()

    # Into the other one: refused, with three times instead, and back where it was.
    pull(someone, bar(someone, "09:30–10:15"), 6)
    expect(said.locator("button")).to_have_count(3)
    expect(bar(someone, "09:30–10:15")).to_be_visible()
    someone.look()
    said.locator("button").first.click()
    settled(someone)
    expect(said.locator("button")).to_have_count(0)

    # The same by keyboard: picked up, half an hour on, put back; picked up again and set down.
    handle = bar(someone, "11:00–12:00").locator(".bar-handle")
    handle.focus()
    for key in ("Enter", "ArrowUp", "Shift+ArrowUp"):
        someone.page.keyboard.press(key)
    expect(said).to_contain_text("10:45–11:30")
    someone.page.keyboard.press("Escape")
    expect(bar(someone, "11:00–12:00")).to_be_visible()
    for key in ("Enter", "ArrowRight", "ArrowRight", "Enter"):
        someone.page.keyboard.press(key)
    settled(someone)
    expect(bar(someone, "11:00–12:00").locator("xpath=ancestor::section")).to_have_attribute("data-name", "第三调解室")
    # An hour earlier and a quarter longer, by keyboard alone; it stays so.
    bar(someone, "11:00–12:00").locator(".bar-handle").focus()
    for key in ("Enter", *["ArrowUp"] * 4, "Shift+ArrowDown", "Enter"):
        someone.page.keyboard.press(key)
    settled(someone)
    someone.page.reload()
    expect(bar(someone, "10:00–11:15").locator("xpath=ancestor::section")).to_have_attribute("data-name", "第三调解室")
    someone.open(f"/schedule/week?day={day:%Y-%m-%d}")


def test_the_pages_around_the_board(person):
    someone = person("clerk")
    for path in ("/schedule/waiting", "/schedule/duty", "/schedule/blockings", "/schedule/hours", "/schedule/arrivals"):
        someone.open(path)
    phone = person("mediator1", phone=True)
    for path in ("/schedule/week", "/schedule/waiting"):
        phone.open(path)
