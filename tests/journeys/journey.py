"""The words that journeys are written in. A journey is a page of English:

class TestSomething(Journey):
    def test_a_day(self):
        self.given_...()
        self.when_...()
        self.then_...()

Every page that a journey comes to is looked at: no accessibility fault, nothing wider than 320 dots, nothing said on
the console, nobody asked but ourselves.
"""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from alongside.access.context import Access
from alongside.organisations import actions as organisations
from tests.factories import Service
from tests.journeys.browser import Watch, accessibility_faults, sideways

PASSWORD = "correct horse battery"
SETTING_UP = Access.system("set up")
expect.set_options(timeout=15_000)  # a busy machine is not a fault

_TOKENS = re.compile(r'value="[^"]{24,}"')
_LOOKED_AT: set[str] = set()


class Journey:
    """What every journey can do; a class of tests inherits it."""

    page: Page
    watch: Watch
    address: str
    javascript: bool

    @pytest.fixture(autouse=True)
    def _arrive(self, transactional_db, app, watched_page, javascript):
        self.address, self.javascript = app, javascript
        self.watch = watched_page
        self.page = watched_page.page
        yield
        assert not self.watch.faults, "\n".join(self.watch.faults)

    # --- going somewhere

    def visit(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.look()

    def follow(self, link: str) -> None:
        """By its words."""
        self.page.get_by_role("link", name=link, exact=True).click()
        self.look()

    def press(self, button: str) -> None:
        """By its words."""
        self.page.get_by_role("button", name=button, exact=True).click()
        self.look()

    def find(self, text: str) -> None:
        """Whoever is called so, on the page that finds people."""
        self.visit("/people/")
        box = self.page.get_by_role("main").get_by_role("search")
        box.get_by_label("Name, NHS number or date of birth").fill(text)
        box.get_by_role("button", name="Find").click()
        self.look()

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    # --- filling in

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label, exact=True).fill(value)

    def choose(self, answer: str) -> None:
        self.page.get_by_label(answer, exact=True).check()

    def fill_date(self, legend: str, day: int | str, month: int | str, year: int | str) -> None:
        group = self.page.get_by_role("group", name=legend)
        for label, value in (("Day", day), ("Month", month), ("Year", year)):
            group.get_by_label(label).fill(str(value))

    # --- seeing

    def look(self) -> None:
        """What every page must be, wherever a journey comes to it."""
        self.page.wait_for_load_state("load")
        if (seen := self._what_is_there()) in _LOOKED_AT and not self.watch.faults:
            return
        faults = [*self.watch.faults, *sideways(self.page)]
        if self.javascript:
            faults += accessibility_faults(self.page)
        assert not faults, f"{self.page.url}\n  " + "\n  ".join(faults)
        _LOOKED_AT.add(seen)

    def _what_is_there(self) -> str:
        """The page without what differs at each visit, so that the same page is looked at once a run."""
        said = _TOKENS.sub("", self.page.content())
        return f"{self.page.viewport_size}{self.javascript}{hash(said)}"

    def sees(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def sees_heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", name=text, exact=True).first).to_be_visible()

    def does_not_see(self, text: str) -> None:
        expect(self.page.get_by_text(text)).to_have_count(0)

    def has_focus(self, where: Locator) -> None:
        expect(where).to_be_focused()

    # --- who is here

    def somebody(self, service: Service, role: str, name: str, email: str) -> None:
        """A practitioner who can sign in with `PASSWORD`."""
        practitioner = organisations.join(name=name, email=email, password=PASSWORD, by=SETTING_UP)
        organisations.assign_role(
            practitioner=practitioner, service=service.id, team=service.team, role=role, by=SETTING_UP
        )

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        self.visit("/account/sign-in/")
        self.fill("Email address", email)
        self.fill("Password", password)
        self.press("Sign in")
