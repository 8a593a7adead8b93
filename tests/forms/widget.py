"""LHC-Forms in a real browser: a Questionnaire is shown, answered as a person would, and its response read."""

import runpy
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route

from tests.building.house import REPOSITORY
from tests.journeys.browser import Watch

HERE = Path(__file__).parent
ADDRESS = "http://127.0.0.1/"  # nobody listens there: the files below are handed to the browser by the test itself
SCRIPTS = ("zone.min.js", "lhc-forms.js", "lformsFHIR.min.js", "widget.js")
PAGE = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>LHC-Forms</title><link rel=icon href=data:,>"
    "<link rel=stylesheet href=styles.css><div id=form></div>"
    + "".join(f"<script src={name}></script>" for name in SCRIPTS)
    + "</html>"
)
# What it says of itself while nothing is wrong.
HARMLESS = (
    "Ran expressions in ",
    "Warning: FHIR resources might not be loaded, because loadFHIRResources() was called",
)
Answer = str | int | float  # the code of a choice, or a number that is typed


def checked(home: Path) -> Path:
    """The directory, if the widget is in it. A test that is not run proves nothing, so that it is missing fails."""
    fetching = runpy.run_path(str(REPOSITORY / "scripts/lforms.py"))
    if not fetching["is_there"](home):
        pytest.fail(f"LHC-Forms is not in {home}. Fetch it with: .venv/bin/python scripts/lforms.py")
    return home


@dataclass
class Read:
    """What the widget made of the answers: the response, the text in every box, and what it finds wrong with them."""

    response: dict[str, Any]
    shown: dict[str, str]
    faults: list[str]


@dataclass
class Widget:
    """One page with the widget. `faults` is what must not have happened on it."""

    page: Page
    home: Path
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.route("**/*", self._hand_over)
        self.faults = Watch(self.page).faults
        self.page.on("console", self._said)
        self.page.goto(ADDRESS)
        self.page.wait_for_function("window.LForms && LForms.FHIR && LForms.FHIR.R4")

    def _hand_over(self, route: Route) -> None:
        name = route.request.url.removeprefix(ADDRESS)
        place = HERE if name == "widget.js" else self.home
        if not name:
            route.fulfill(body=PAGE, content_type="text/html")
        elif "/" not in name and (place / name).is_file():
            route.fulfill(path=place / name)
        else:
            self.faults.append(f"asked for {route.request.url}")
            route.abort()

    def _said(self, message: ConsoleMessage) -> None:
        # A formula that fails is no error to LHC-Forms: it says so by the way, and leaves the old score standing.
        if message.type not in {"error", "warning"} and not message.text.startswith(HARMLESS):
            self.faults.append(f"console {message.type}: {message.text}")

    def render(self, questionnaire: Mapping[str, Any]) -> None:
        self.page.evaluate("render", questionnaire)

    def seen(self) -> dict[str, str]:
        """The items that can be seen now: the id of their element by link id."""
        return self.page.evaluate("seen()")

    def click(self, link: str, given: Answer) -> None:
        """One answer with the mouse or the keys, as a person gives it."""
        element = self.seen()[link]
        if isinstance(given, str):
            self.page.locator(f'label.lhc-answer[id^="{element}|"][id$="|{given}"]').click()
        else:
            box = self.page.locator(f'[id="{element}"]')
            box.fill(str(given))
            box.blur()

    def answer(self, answers: Mapping[str, Answer]) -> None:
        """Many answers by script: the same events, much quicker."""
        elements = self.seen()
        self.page.evaluate("answer", [[elements[link], given] for link, given in answers.items()])

    def read(self) -> Read:
        return Read(**self.page.evaluate("read()"))


@contextmanager
def opened(browser: Browser, home: Path) -> Iterator[Widget]:
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    page.set_default_timeout(30_000)  # a busy machine is not a fault
    yield Widget(page, home)
    page.close()
