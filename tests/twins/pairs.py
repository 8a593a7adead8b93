"""Two worlds that differ only in what a reader may not see answer that reader alike, byte for byte.

A world is made from a seed, and what others do unseen is drawn. Each reader sends the same requests before and after:
every page with ids of theirs, of people they know nothing of and of whoever is made unseen, searches for them, and what
forms send; after a form that is accepted, the page it leads to. What is compared is `asking.Answer`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from random import Random

from django.db import transaction

from alongside.kernel import clock
from alongside.kernel.errors import AlongsideError
from alongside.kernel.ids import seeded_ids
from tests.twins import hiding, lived
from tests.twins.asking import Answer, Step, Visitor
from tests.twins.leaks import Leak
from tests.twins.lived import World
from tests.twins.matrix import READ_ONLY, expected_open
from tests.twins.routes import Route, routes
from tests.twins.swapping import fields

TWINS = 4  # of each world
READERS = (
    ("linked", "therapist"),
    ("linked", "administrator"),
    ("linked", "team_lead"),
    ("linked", "privacy_lead"),
    ("colleague of theirs", "therapist"),
    ("colleague of theirs", "evaluator"),
    ("other service", "team_lead"),
    ("stranger", "keyworker"),
    ("", ""),
)
DRAWS_A_SECRET = {"mfa_activate_totp"}  # a new one for everybody who opens it
SEARCHES = (lived.NUMBER, "17/5/1988", "Quinn", "FXenon", "Umber", "Zephyr", "F")


@dataclass(frozen=True, slots=True)
class Request:
    """What one reader sends, in order and as one: a page, or a form and the page that it leads to."""

    human: str
    role: str
    words: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """A request that could be sent; its form is only filled in where it is."""

    human: str
    role: str
    words: str
    steps: Callable[[], Iterable[Step]]


@dataclass
class Compared:
    """How many pairs were compared, in how many worlds, what was hidden how often, and what differed."""

    every: int = 1  # one request in so many
    about: str = ""  # what their words hold
    acts: tuple[str, ...] = ()  # that are hidden each time; some that are drawn where none is named
    asked: int = 0
    worlds: int = 0
    hidden: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def world(self, seed: int) -> None:
        """Compare one world with its twins; nothing of any is left."""
        self.worlds += 1
        with transaction.atomic():
            with seeded_ids(seed):
                world = lived.world()
            visitors = {one: _visitor(world, *one) for one in READERS}
            made = [one for twin in range(TWINS) for one in self._in(world, f"{seed} {twin}", list)[0]]
            requests = list(self._chosen(_requests(world, visitors, made), seed))
            before = [visitors[one.human, one.role].ask_all(one.steps) for one in requests]
            for twin in range(TWINS):
                name = f"{seed} {twin}"
                _, after = self._in(world, name, lambda: _again(visitors, requests), count=True)
                self._compare(name, requests, before, after)
            transaction.set_rollback(True)

    def _chosen(self, asks: Iterator["Ask"], seed: int) -> Iterator["Request"]:
        for number, one in enumerate(asks):
            if (number + seed) % self.every == 0 and self.about in one.words:
                yield Request(one.human, one.role, one.words, tuple(one.steps()))

    def _in(
        self, world: World, name: str, then: Callable[[], list[list[Answer]]], *, count: bool = False
    ) -> tuple[list[str], list[list[Answer]]]:
        """What `then` finds where others have done something unseen, which is undone; and whom they made."""
        draw = Random(name)
        with transaction.atomic(), clock.at(lived.NOW - timedelta(hours=5)):
            made = []
            with seeded_ids(draw.randrange(10**9)):
                for act in self.acts or draw.sample(sorted(hiding.ACTS), draw.randrange(2, 7)):
                    made += _done(act, world, draw)
                    self.hidden[act] += count
            found = then()
            transaction.set_rollback(True)
        return made, found

    def _compare(self, name: str, requests: list[Request], before: list, after: list) -> None:
        for request, one, other in zip(requests, before, after, strict=True):
            self.asked += 1
            if one != other:
                self.wrong.append(f"{request.role} ({request.human}), {request.words}, in {name}: {_what(one, other)}")


def _done(act: str, world: World, draw: Random) -> list[str]:
    """An act that what was done before makes impossible is none."""
    try:
        with transaction.atomic():
            return hiding.ACTS[act](world, draw)
    except AlongsideError:
        return []


def _again(visitors: dict[tuple[str, str], Visitor], requests: list[Request]) -> list[list[Answer]]:
    return [visitors[one.human, one.role].ask_all(one.steps) for one in requests]


def _what(before: list[Answer], after: list[Answer]) -> str:
    for one, other in zip(before, after, strict=True):
        for part in ("status", "headers", "cookies", "body"):
            if getattr(one, part) != getattr(other, part):
                return f"{part} differs"
    return "nothing differs"


def _visitor(world: World, human: str, role: str) -> Visitor:
    practitioner, jobs = world.humans[human] if human else ("", {})
    return Visitor(practitioner, jobs.get(role, ""))


# --- What is asked ---------------------------------------------------------------------------------------------------


def _requests(world: World, visitors: dict[tuple[str, str], Visitor], made: list[str]) -> Iterator[Ask]:
    for (human, role), visitor in visitors.items():
        for words, path in _pages(world, role, made):
            yield Ask(human, role, words, partial(_page, path))
        for words in SEARCHES if role else ():
            yield Ask(human, role, f"search {words}", partial(_search, words))
        for name in ("across", "theirs") if human == "linked" else ():
            for route in routes():
                if route.purposes and expected_open(route, role) and route.name not in READ_ONLY:
                    path = route.path(world.subjects[name].ids)
                    form = partial(_form, route, world, visitor, path)
                    yield Ask(human, role, f"POST {route.name} of {name}", form)
    yield Ask("", "", "a self-referral", partial(_self_referral, world))


def _page(path: str) -> Iterable[Step]:
    return (Step("GET", path),)


def _search(words: str) -> Iterable[Step]:
    return (Step("POST", "/people/", {"q": words}),)


def _form(route: Route, world: World, visitor: Visitor, path: str) -> Iterable[Step]:
    """A form of a page of the reader's own people, as it stands with a first answer chosen."""
    return (Step("POST", path, _filled(route, world, visitor, path)),)


def _pages(world: World, role: str, made: list[str]) -> Iterator[tuple[str, str]]:
    about = ("across", "theirs", "alone", "parted", "joined") if role else ("alone",)
    for route in routes():
        if not route.of_ids and route.name not in DRAWS_A_SECRET:
            yield f"GET {route.name}", route.path({})
        for name in about if route.of_ids else ():
            yield f"GET {route.name} of {name}", route.path(world.subjects[name].ids)
    for one in made if role else ():
        yield f"GET somebody unseen {one}", f"/people/{one}/"
        yield f"GET contacts of somebody unseen {one}", f"/people/{one}/contacts/"


def _filled(route: Route, world: World, visitor: Visitor, path: str) -> dict[str, object]:
    entered = fields(visitor.ask(path))
    if route.name in ("referral-new", "consultation-ask", "sharing-agree"):
        entered |= {"to": world.riverside.id, "answering_service": world.riverside.id}
    return entered | {"told_no_is_fine": "on"}


def _self_referral(world: World) -> Iterator[Step]:
    """Somebody asks for help at Riverside, where they may be known."""
    born = {"nhs_number": lived.NUMBER, "birth_date-day": "17", "birth_date-month": "5", "birth_date-year": "1988"}
    for step, entered in {
        "where": {"service": world.riverside.id},
        "why": {"reason": "I cannot sleep"},
        "wants": {"wants": "To sleep"},
        "use": {"substance": "nothing"},
        "name": {"given_name": "GXenon", "family_name": "FXenon"},
        "born": born,
        "reach": {"phone": "07700 900123", "way": "text"},
        "needs": {"language": "en"},
    }.items():
        token = {"submission_token": f"sub_{'1' * 20}"}
        yield Step("POST", f"/start/{step}/", entered | token)
    yield Step("POST", "/start/check/", {"submission_token": f"sub_{'1' * 20}"})
    yield Step("GET", "/start/sent/")


def possible(seed: int) -> set[str]:
    """The acts of `hiding` that can be done in a world; one that always failed would hide nothing."""
    done = set()
    with transaction.atomic():
        world = lived.world()
        for name, act in hiding.ACTS.items():
            with transaction.atomic(), clock.at(lived.NOW - timedelta(hours=5)):
                act(world, Random(seed))
                done.add(name)
                transaction.set_rollback(True)
        transaction.set_rollback(True)
    return done


def finds(leak: Leak, seed: int) -> bool:
    """Whether a planted leak shows in the first worlds, where it should."""
    found = Compared(about=leak.shows_in, acts=leak.acts)
    with leak.planted():
        for number in range(3):
            found.world(seed + number)
            if found.wrong:
                return True
    return False
