"""Every route of the resolver, and its address about somebody."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from alongside.kernel.ids import ALPHABET, LENGTH
from tests.building.test_endpoints import ALLOWED, FOR, addresses
from tests.twins.lived import WORDS

PREFIXES = {
    "registration": "reg",
    "episode": "epi",
    "contact": "con",
    "note": "not",
    "response": "rsp",
    "record": "use",
    "ask": "ask",
    "event": "evt",
    "change": "mdc",
    "screening": "scr",
    "goal": "goa",
    "action": "act",
    "referral": "ref",
    "consultation": "cst",
    "consent": "cns",
    "handover": "hov",
    "prompt": "rpt",
    "message": "msg",
    "about": "epi",
    "disclosure": "dwc",
    "received": "drc",
    "withholding": "wth",
    "link": "lnk",
    "look": "bgl",
    "proxy": "pxy",
    "more": "mor",
    "held": "lho",
    "agreement": "qso",
}
# Routes that ask for a contact that is planned, not for one that was kept.
OF_PLANNED = {"contact-record-planned", "contact-move", "contact-cancel"}
# Where a name in an address means another thing than it does elsewhere.
RESPONSE_OF_A_MEASURE = {"measure-wrong-person": {"record": "response"}}


@dataclass(frozen=True, slots=True)
class Route:
    name: str
    parameters: tuple[str, ...]
    purposes: tuple[str, ...] | None  # None: shows nothing about anybody in treatment
    acts: tuple[str, ...]

    @property
    def of_ids(self) -> list[str]:
        return [one for one in self.parameters if one in PREFIXES]

    def key(self, parameter: str) -> str:
        """Under what name a subject's ids have it."""
        if parameter == "contact" and self.name in OF_PLANNED:
            return "planned"
        return RESPONSE_OF_A_MEASURE.get(self.name, {}).get(parameter, parameter)

    def path(self, ids: Mapping[str, str]) -> str:
        """Its address with these ids; a made-up one for each that is not there."""
        filled = {
            one: WORDS[one] if one in WORDS else ids.get(self.key(one)) or made_up(one) for one in self.parameters
        }
        if self.name == "screening-suggested":
            filled["topic"] = "mood"
        return reverse(self.name, kwargs=filled)


def made_up(parameter: str, letter: str = ALPHABET[0]) -> str:
    """An id that is spelt like one of this kind, and that nothing has."""
    return f"{PREFIXES[parameter]}_{letter * LENGTH}"


def routes(patterns: list[URLPattern] | None = None) -> list[Route]:
    """All there are: a route without a row in the table of addresses raises `KeyError`."""
    return list(_routes(get_resolver().url_patterns if patterns is None else patterns))


def _routes(patterns) -> Iterator[Route]:
    for one in addresses(patterns):
        yield Route(one.name, tuple(_parameters(one)), ALLOWED[one.name], FOR.get(one.name, ()))


def _parameters(pattern: URLPattern) -> Iterator[str]:
    yield from pattern.pattern.converters or pattern.pattern.regex.groupindex
