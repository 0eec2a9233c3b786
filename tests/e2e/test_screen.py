"""The screen in the hall in a browser: pies drawn and drawn anew, and how old the figures are when the line is cut."""

from playwright.sync_api import expect

HALF_A_MINUTE = 31_000


def test_the_screen_renews_itself_and_says_how_old_it_is(person):
    someone = person()
    page, said = someone.page, []
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.clock.install()
    someone.open("/screen")
    expect(page.locator(".chart-canvas.is-drawn canvas")).to_have_count(2)
    page.locator(".screen-table").first.focus()
    with page.expect_response("**/screen"):
        page.clock.run_for(HALF_A_MINUTE)
    expect(page.locator(".chart-canvas.is-drawn canvas")).to_have_count(2)
    expect(page.locator(".screen-table").first).to_be_focused()
    expect(page.locator(".is-stale")).to_have_count(0)
    assert said == []
    page.context.set_offline(True)
    page.clock.run_for(HALF_A_MINUTE)
    expect(page.locator(".is-stale .board-old")).to_contain_text("分钟未更新")
    page.context.set_offline(False)
    with page.expect_response("**/screen"):
        page.clock.run_for(HALF_A_MINUTE)
    expect(page.locator(".is-stale")).to_have_count(0)
