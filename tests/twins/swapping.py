"""Somebody else's id in every place that a request has: it reads exactly as an id that nothing has.

Who asks is let in with ids of their own, and one of them is swapped: a part of the address, what stands after it, a
field of the form that the page has, or a header. Every answer is compared with that to the same request
with a made-up id.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.twins.asking import Answer, Visitor
from tests.twins.lived import Subject
from tests.twins.matrix import READ_ONLY, Table, expected_open
from tests.twins.routes import PREFIXES, Route, made_up, routes

HEADERS = ("Referer", "HX-Current-URL", "HX-Target", "HX-Trigger", "X-Registration", "X-Original-URL", "If-None-Match")
# Whoever asks in the role of somebody who treats, by what is theirs, and somebody of whom they know nothing.
PAIRS = (("treating", "keyworker", "joined", "theirs"), ("linked", "therapist", "across", "alone"))


@dataclass(frozen=True, slots=True)
class Swap:
    route: Route
    human: str
    role: str
    mine: Subject
    where: str
    name: str
    theirs: str
    nothing: str

    @property
    def words(self) -> str:
        return f"{self.route.name} as {self.human}: {self.name} in the {self.where}"


def swaps(table: Table) -> Iterator[Swap]:
    for human, role, mine, theirs in PAIRS:
        own, other = table.world.subjects[mine], table.world.subjects[theirs]
        for route in routes():
            if route.purposes is not None and expected_open(route, role):
                for where, name, parameter in places(table, route, human, role, own):
                    if parameter in other.ids:
                        nothing = made_up(_kind(parameter))
                        yield Swap(route, human, role, own, where, name, other.ids[parameter], nothing)


def _kind(parameter: str) -> str:
    return "contact" if parameter == "planned" else parameter


def places(table: Table, route: Route, human: str, role: str, mine: Subject) -> Iterator[tuple[str, str, str]]:
    """(place, name there, which id) of each place of a route that could hold an id."""
    for one in route.of_ids:
        yield "path", one, route.key(one)
    for one in PREFIXES:
        yield "query", one, one
    for one in ("with", "to", "q", "next"):
        yield "query", one, "registration"
    for one in HEADERS:
        yield "header", one, route.of_ids[-1] if route.of_ids else "registration"
    if route.name in READ_ONLY:
        return
    page = table.visitor(human, role).ask(route.path(mine.ids))
    for name, value in fields(page).items():
        prefix = value.partition("_")[0]
        fitting = [key for key, short in PREFIXES.items() if short == prefix]
        for one in (*fitting, "registration", "episode"):
            yield "body", name, one


@dataclass
class Swapped:
    """What was asked, and what was told by a swap."""

    table: Table
    asked: int = 0
    wrong: list[str] = field(default_factory=list)

    def check(self, swap: Swap) -> None:
        self.asked += 1
        visitor = self.table.visitor(swap.human, swap.role)
        pages = [asked(visitor, swap, one).without([one]) for one in (swap.theirs, swap.nothing)]
        if pages[0] != pages[1]:
            self.wrong.append(f"{swap.words}: reads otherwise than one that nothing has")


def asked(visitor: Visitor, swap: Swap, one: str) -> Answer:
    ids = swap.mine.ids
    if swap.where == "path":
        return visitor.ask(swap.route.path(ids | {swap.route.key(swap.name): one}))
    path = swap.route.path(ids)
    if swap.where == "query":
        return visitor.ask(f"{path}?{swap.name}={one}")
    if swap.where == "header":
        address = swap.route.path(ids | {swap.route.of_ids[-1]: one}) if swap.route.of_ids else f"/people/{one}/"
        return visitor.ask(path, **{swap.name: f"http://testserver{address}"})
    return visitor.ask(path, "POST", fields(visitor.ask(path)) | {swap.name: one})


class _Fields(HTMLParser):
    """What a form would send as it stands, and a first answer where it needs one."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._select = self._text = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attributes}
        name, kind = told.get("name", ""), told.get("type", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and told.get("value"):
            self.found.setdefault(self._select, told["value"])
        elif tag == "textarea":
            self.found.setdefault(name, "Words")
        elif tag == "input" and name and kind not in ("submit", "checkbox", "search"):
            self.found.setdefault(name, told.get("value", ""))


def fields(page: Answer) -> dict[str, str]:
    parser = _Fields()
    parser.feed(page.body.decode())
    return {name: value for name, value in parser.found.items() if name != "csrfmiddlewaretoken"}
