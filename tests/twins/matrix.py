"""Every route, method, role and relationship, and what each cell answers.

What a cell may answer: *sign in*, to nobody or to somebody who left. *refused*: the role is not for this address,
whoever the id names. *shut*: the same bytes as for an id that nothing has. *open*: a page, a form with what is missing,
or on to the next page. No cell may say a word about somebody whom its reader may not see.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from alongside.definitions import policy
from tests.building.test_endpoints import ONLY_SENT
from tests.twins.asking import Answer, Visitor
from tests.twins.lived import JOBS, World
from tests.twins.routes import Route, made_up, routes

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SPANS = {"team_lead", "duty_worker", "administrator", "evaluator", "privacy_lead"}  # roles that speak for their service
CARES = set(JOBS) - SPANS
EVERYBODY = ("Quince", "Zephyr", "Umber", "Xenon")
SIGN_IN, REFUSED, SHUT, OPEN, NO_SUCH_METHOD, PUBLIC = "sign in", "refused", "shut", "open", "no method", "public"
PASSES = {
    SIGN_IN: {302},
    REFUSED: {403},
    SHUT: {404},
    OPEN: {200, 302, 400, 409},
    NO_SUCH_METHOD: {405},
    PUBLIC: {200, 302, 400, 401, 403, 404, 405, 429},
}


@dataclass(frozen=True, slots=True)
class Relationship:
    """Whoever asks, about whom; the roles to whom nothing is open, and whose canaries such a reader never reads."""

    name: str
    human: str  # empty: nobody is signed in
    subject: str
    shut_to: frozenset[str]
    unknown: tuple[str, ...]


OWN = ("proxy", "person")  # sign-ins that are no work
ALL = frozenset(JOBS) | frozenset(OWN)
ON_BEHALF, THEMSELVES = "on their behalf", "the person"
RELATIONSHIPS = (
    Relationship("own, treating", "treating", "joined", frozenset(), ("Xenon",)),
    Relationship("own, of another team", "other team", "joined", frozenset(CARES), EVERYBODY),
    Relationship(
        "partner, linked with consent", "linked", "joined", frozenset({"administrator", "privacy_lead"}), ("Umber",)
    ),
    Relationship("partner, consent taken back", "linked", "parted", ALL, ("Umber",)),
    Relationship("partner, and no link", "linked", "alone", ALL, ("Umber",)),
    Relationship("colleague of the linked one", "colleague of theirs", "joined", ALL, EVERYBODY),
    Relationship("other service of the partnership", "other service", "joined", ALL, EVERYBODY),
    Relationship("stranger", "stranger", "joined", ALL, EVERYBODY),
    Relationship("leaver", "leaver", "joined", ALL, EVERYBODY),
    Relationship("nobody", "", "joined", ALL, EVERYBODY),
    # Whose record it is stands above every page of theirs, also of those that are shut.
    Relationship(ON_BEHALF, "proxy", "joined", ALL, ("Zephyr", "Umber", "Xenon")),
    Relationship(THEMSELVES, "person", "joined", ALL, ("Zephyr", "Umber", "Xenon")),
)


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Routes that show a page and take no form.
READ_ONLY = _names(
    """
    home owed measures-choose since-yesterday person caseload-csv person-contacts contact
    calendar-kept person-measures measures-due response-history person-events person-screening screening-cascade
    evaluation referrals referrals-sent referral person-referrals consultations consultation person-consultations plan
    person-sharing sharing-why disclosure note-of sharing-looked sharing-looked-csv own own-looked own-sharing
    sharing-glance sharing-purposes own-glance
    emergency-open emergency-looks kept proxies own-proxies own-behalf erasures person-erasure
    """
)
# Routes of what nobody in these worlds has: they read as ids that nothing has, also to whoever treats somebody.
NOT_LIVED = _names(
    """
    emergency-end person-kept-lift own-proxy-end proxy-end own-asked erasure-lift erasure-decide
    sharing-purpose-stop qualified-end
    """
)
# Of another service's people these open to nobody, whatever was agreed: what only the own service does to its record.
OWN_ALONE = _names(
    """
    treated-for contact-correct contact-wrong-person note-correct response-correct use-correct measure-wrong-person
    event-correct event-wrong-person medicine-correct medicine-wrong-person screening-suggested screening-next
    screening-correct screening-wrong-person goal-end action-finish action-pass-on referral-told referral-take-back
    sharing-withdraw sharing-but-not note-withhold note-of disclosure disclosure-withhold disclosure-received
    received-withhold withheld emergency-look
    """
)
# What the one who referred somebody cannot open: the receiver's side.
OF_THE_RECEIVER = frozenset({"referral", "referral-accept", "referral-decline"})
# What waits for one practitioner, who treats them, and for nobody else of their service.
OF_THE_HOLDER = frozenset({"handover"})
# What the person alone opens, of what is theirs.
OF_THE_PERSON = frozenset({"own-stop"})


@dataclass(frozen=True, slots=True)
class Cell:
    route: Route
    method: str
    role: str
    relationship: Relationship

    @property
    def name(self) -> str:
        return f"{self.method} {self.route.name}, {self.role or 'no role'}, {self.relationship.name}"


def cells() -> Iterator[Cell]:
    for route in routes():
        for relationship in RELATIONSHIPS:
            for role in _roles(relationship):
                for method in METHODS:
                    yield Cell(route, method, role, relationship)


def _roles(relationship: Relationship) -> list[str]:
    if relationship.human in OWN:
        return [relationship.human]
    return JOBS if relationship.human else [""]


def expected(cell: Cell) -> str:
    """What the table says, of all but what only a state of the record decides (`OPEN_OR_SHUT`)."""
    route, role = cell.route, cell.role
    if route.purposes is None:
        return PUBLIC
    if role in OWN and route.name == "home":
        return OPEN  # whatever was sent: on to a page of their own
    if not _takes(route, cell.method):
        return NO_SUCH_METHOD
    if cell.relationship.name in ("nobody", "leaver"):
        return SIGN_IN
    if not _for(route, role):
        return REFUSED
    if not route.of_ids:
        return OPEN
    if role == "person" and route.name in OF_THE_PERSON:
        return OPEN
    if role in cell.relationship.shut_to or route.name in OF_THE_RECEIVER | NOT_LIVED:
        return SHUT
    if cell.relationship.human == "treating":
        return OPEN
    if route.name in OF_THE_HOLDER:
        return SHUT
    return SHUT if cell.relationship.subject == "joined" and _keeps(cell) else OPEN


def _takes(route: Route, method: str) -> bool:
    if method in ("GET", "HEAD"):
        return method == "HEAD" or route.name not in ONLY_SENT
    return method == "POST" and route.name not in READ_ONLY


def _for(route: Route, role: str) -> bool:
    """Whether a role includes one of the route's purposes, and may start one of its acts."""
    found = policy.roles()[role]
    purposes = [one for one in route.purposes or () if found.purposes & policy.purposes()[one].mask]
    return bool(purposes) and (not route.acts or bool(found.does & set(route.acts)))


def expected_open(route: Route, role: str) -> bool:
    """Whether whoever treats somebody opens their page in this role."""
    return _takes(route, "GET") and _for(route, role) and route.name not in OF_THE_RECEIVER | NOT_LIVED


def _keeps(cell: Cell) -> bool:
    """What a partner does not open though the record is shared with them."""
    return cell.relationship.human in ("linked", "colleague of theirs") and cell.route.name in OWN_ALONE


@dataclass
class Table:
    """One world asked through every cell; what was found wrong, and how many cells there were."""

    world: World
    asked: int = 0
    wrong: list[str] = field(default_factory=list)
    _visitors: dict[tuple[str, str], Visitor] = field(default_factory=dict)
    _nothing: dict[tuple[str, str, str, str], Answer] = field(default_factory=dict)

    def visitor(self, human: str, role: str) -> Visitor:
        if (human, role) not in self._visitors:
            practitioner, jobs = self.world.humans.get(human, ("", {}))
            self._visitors[human, role] = (
                Visitor(user=self.world.own[human]) if human in OWN else Visitor(practitioner, jobs.get(role, ""))
            )
        return self._visitors[human, role]

    def check(self, cell: Cell) -> None:
        self.asked += 1
        ids = self.world.subjects[cell.relationship.subject].ids
        path, says = cell.route.path(ids), expected(cell)
        answer = self.visitor(cell.relationship.human, cell.role).ask(path, cell.method)
        if answer.status not in PASSES[says]:
            self.wrong.append(f"{cell.name}: {answer.status}, and the table says {says}")
        if says == SIGN_IN and not dict(answer.headers).get("Location", "").startswith("/account/sign-in/"):
            self.wrong.append(f"{cell.name}: sent to somewhere else than the sign-in")
        if says in (SHUT, REFUSED) and self._differs(cell, answer, ids):
            self.wrong.append(f"{cell.name}: reads otherwise than an id that nothing has")
        self._listen(cell, says, answer)

    def _differs(self, cell: Cell, answer: Answer, ids: dict[str, str]) -> bool:
        key = (cell.route.name, cell.method, cell.role, cell.relationship.human)
        if key not in self._nothing:
            visitor = self.visitor(cell.relationship.human, cell.role)
            self._nothing[key] = visitor.ask(cell.route.path({}), cell.method)
        nothing = [made_up(one) for one in cell.route.of_ids]
        return answer.without(ids.values()) != self._nothing[key].without(nothing)

    def _listen(self, cell: Cell, says: str, answer: Answer) -> None:
        """A reader whom the table lets in nowhere hears of nobody; whoever spans a service hears of its own people."""
        silent = says in (SHUT, REFUSED, SIGN_IN, NO_SUCH_METHOD)
        unknown = EVERYBODY if silent and cell.relationship.human not in OWN else self._unknown(cell)
        if heard := answer.says(unknown):
            self.wrong.append(f"{cell.name}: speaks of {', '.join(heard)}")

    def _unknown(self, cell: Cell) -> tuple[str, ...]:
        if cell.relationship.human == "other team" and cell.role in SPANS:
            return ("Xenon",)
        if cell.relationship.human == "colleague of theirs" and cell.role in SPANS:
            return ("Umber",)
        return cell.relationship.unknown
