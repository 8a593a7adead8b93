"""A real browser that remembers everything it should complain about."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, Response, ViewportSize

DESK: ViewportSize = {"width": 1280, "height": 720}
PHONE: ViewportSize = {"width": 320, "height": 640}
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # of all else one example is enough: to list it took longer than to find it
}


def chromium() -> str | None:
    """The system's Chromium, or None for Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for path in map(shutil.which, names) if path), None)


@contextmanager
def launched(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
    yield browser
    browser.close()


@dataclass
class Watch:
    """What happened behind a page: nothing of it may have happened when a test ends."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        # Chromium repeats every refused document here; `_answered` judges those itself.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.faults.append(f"console {message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "about", "blob"} and address.hostname not in {"127.0.0.1", "localhost"}:
            self.faults.append(f"asked somebody else: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status} from {response.url}")
        elif response.status >= 400 and response.request.resource_type != "document":
            self.faults.append(f"{response.status} for {response.request.resource_type} {response.url}")


def accessibility_faults(page: Page) -> list[str]:
    """Each axe violation as one line: the rule, what it wants, and where."""
    found = Axe().run(page, options=RULES).response["violations"]
    faults = []
    for rule in found:
        places = [_where(node) for node in rule["nodes"] if not _chosen(rule, node)]
        if places:
            faults.append(f"{rule['id']} ({rule['impact']}): {rule['help']}\n      at {'; '.join(places)}")
    return faults


def _chosen(rule: dict, node: dict) -> bool:
    """NHS.UK's answers that reveal a question say so by `aria-expanded`: outside ARIA's table, and read out well."""
    return rule["id"] == "aria-allowed-attr" and "__input" in node["html"] and "aria-controls" in node["html"]


def _where(node: dict) -> str:
    return " ".join(map(str, node["target"]))


def sideways(page: Page) -> list[str]:
    """What sticks out to the right of the narrowest screen that we promise."""
    before = page.viewport_size
    page.set_viewport_size(PHONE)
    wide = page.evaluate("document.documentElement.scrollWidth")
    found = page.evaluate(
        "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 "
        "&& !e.closest('.al-scroll, .al-nav, .al-tabs')).slice(0, 5).map(e => e.outerHTML.slice(0, 80))"
    )
    page.set_viewport_size(before or DESK)
    return [f"{wide} dots wide on a screen of {PHONE['width']}: {found}"] if wide > PHONE["width"] else []
