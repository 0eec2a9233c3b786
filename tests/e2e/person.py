"""A person in front of the screen: reads, fills, presses. Every page visited is checked for accessibility."""

import subprocess
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

# The demonstration's one password; printed by the command and shown on the sign-in page.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# A form that comes back with what was typed answers 422; Chromium writes that down as if something had gone wrong.
REFUSED = "status of 422"


class Person:
    """Acts through what is on the page: labels, buttons and links, never through addresses a person could not find."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        # Presses of a button, a box or a list, counted in the browser itself.
        self.presses = 0
        page.expose_function("houseCountsPress", self._count)
        page.add_init_script("addEventListener('pointerdown', () => houseCountsPress(), true);")
        page.on(
            "console", lambda m: self.complaints.append(m.text) if m.type == "error" and REFUSED not in m.text else None
        )
        page.on("pageerror", lambda e: self.complaints.append(str(e)))
        page.on("dialog", lambda d: self.complaints.append(f"dialog: {d.message}") or d.dismiss())

    def _count(self) -> None:
        self.presses += 1

    def open(self, path: str) -> None:
        """Go to an address of ours, and look whether everybody could use the page."""
        self.page.goto(self.address + path)
        self.look()

    def look(self) -> None:
        """The page is accessible and the browser has nothing to complain about."""
        self.page.wait_for_load_state("load")
        found: dict[str, Any] = self.page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
        )
        wrong = [f"{v['id']}: {[n['target'] for n in v['nodes']][:3]}" for v in found["violations"]]
        assert not wrong, f"{self.page.url}: {wrong}"
        assert not self.complaints, f"{self.page.url}: {self.complaints}"

    def sign_in(self, login: str) -> None:
        """Sign in with what the sign-in page itself shows: one password for all of the demonstration court."""
        self.page.goto(self.address + "/sign-in")
        password = self.page.locator("tr", has=self.page.locator("code")).first.locator("code").nth(1).inner_text()
        self.page.locator("#login").fill(login)
        self.page.locator("#password").fill(password)
        self.page.locator("main form button[type=submit]").first.click()
        self.look()

    def button(self, name: str) -> Locator:
        """A button or link by its words."""
        words = self.page.get_by_role("button", name=name, exact=True)
        return words.or_(self.page.get_by_role("link", name=name, exact=True)).first

    def press(self, name: str) -> None:
        """Press what is labelled so, and look at what comes."""
        self.button(name).click()
        self.look()

    def send(self, name: str, *, nth: int = 0) -> None:
        """Send a form by the button with these words, and look at what comes."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).nth(nth).click()
        self.look()

    def field(self, label: str) -> Locator:
        """The fields with this label; a sheet of the same name is no field."""
        fields = self.page.locator("input, textarea, select")
        return self.page.get_by_label(label, exact=False).and_(fields)

    def fill(self, label: str, text: str, *, nth: int = 0) -> None:
        """Type into the field with this label."""
        self.field(label).nth(nth).fill(text)

    def fill_if_asked(self, label: str, text: str) -> None:
        """Type into the field with this label where the page of this day has it."""
        if self.field(label).count():
            self.fill(label, text)

    def choose(self, label: str, option: str, *, nth: int = 0) -> None:
        """Take an option of a list."""
        self.field(label).nth(nth).select_option(label=option)

    def tick(self, label: str) -> None:
        """Tick a box or take a choice."""
        self.page.get_by_label(label, exact=False).first.check()

    def sees(self, text: str) -> None:
        """The words stand on the page."""
        expect(self.page.locator("body")).to_contain_text(text)

    def sees_not(self, text: str) -> None:
        """The words stand nowhere on the page."""
        expect(self.page.locator("body")).not_to_contain_text(text)

    def paper(self, name: str, *, nth: int = 0) -> str:
        """Open the document behind a link, as soon as it is made, and read its text without blanks."""
        link = self.page.get_by_role("link", name=name).nth(nth)
        href = str(link.get_attribute("href"))
        for _ in range(80):
            answer = self.page.request.get(self.address + href)
            if answer.ok and answer.headers["content-type"] == "application/pdf":
                break
            time.sleep(0.25)
        assert answer.ok, f"{href}: {answer.status}"
        told = subprocess.run(["pdftotext", "-raw", "-", "-"], input=answer.body(), capture_output=True, check=True)
        return "".join(told.stdout.decode().split())

    def next_steps(self) -> str:
        """What the dispute's page offers."""
        return self.page.locator("#next").inner_text()

    def download(self, name: str, folder: Path) -> Path:
        """Fetch a file by pressing what is labelled so."""
        with self.page.expect_download() as waiting:
            self.button(name).click()
        target = folder / waiting.value.suggested_filename
        waiting.value.save_as(target)
        return target
