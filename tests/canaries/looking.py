"""Every address opened as every role, and what each answer showed: held against `decide`, and against the ledger.

* *leaked*: a word shown to somebody to whom `decide` opens none of the records in which it stands;
* *unaudited*: a word shown, and no entry of that request names a record in which it stands;
* *over-audited*: an entry that names a record which `decide` keeps closed, or one of a request that showed nothing.

What is on no page and yet somewhere is in `spilled`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from django.http import HttpResponse
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from alongside.access.actions.compiled import facts_of
from alongside.access.context import Access
from alongside.access.models import Anchor, Record
from alongside.access.models import Source as Row
from alongside.access.rules import Facts, Handle, Question, decide
from alongside.access.rules.deciding import Source
from alongside.audit import rules as ledger
from alongside.audit.models import Entry, Pseudonym
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.organisations import queries as places
from alongside.organisations.models import User
from alongside.people import queries as persons
from alongside.people.models import Link, OwnSignIn
from tests.building.test_endpoints import addresses
from tests.canaries.made import WORD, Canaries, Owner, records
from tests.integration.web.visiting import Browser

ROLES = ("team_lead", "administrator", "privacy_lead", "evaluator", "step2_practitioner")
# The word in an address for an id, where that is not the name of the record.
CALLED = {
    "about": ("Episode",),
    "ask": ("Ask",),
    "response": ("Response",),
    "record": ("Response", "UseRecord"),
    "change": ("MedicineChange",),
    "prompt": ("RiskPrompt",),
    "message": ("Message",),
}
GIVEN = {"substance": ("alcohol",), "instrument": ("phq9",), "topic": ("mood",)}
SPINES = {"referral": "referral_id", "consultation": "consultation_id", "handover": "handover_id"}


@dataclass(slots=True)
class Looked:
    """What a walk came to."""

    requests: int = 0
    pages: int = 0
    words: int = 0
    leaked: list[str] = field(default_factory=list)
    unaudited: list[str] = field(default_factory=list)
    over_audited: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    answers: list[tuple[str, HttpResponse]] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        return [*self.leaked, *self.unaudited, *self.over_audited, *self.broken]


class Judge:
    """Who may see what, said by `decide` from the facts; and which record the ledger means."""

    def __init__(self, words: Mapping[str, Sequence[Owner]]) -> None:
        self.words = words
        self.facts = facts_of(Anchor.objects.values_list("pk", flat=True))
        self.sources: dict[str, list[Row]] = {}
        for row in Row.objects.all():
            self.sources.setdefault(row.record, []).append(row)
        secrets = dict(Pseudonym.objects.values_list("registration", "secret"))
        self.hashes: dict[str, Record] = {}
        for model in records():
            for one in model.objects.all():
                if one.registration_id in secrets:
                    self.hashes[self.hashed(one, secrets)] = one
        self.secrets = secrets

    def hashed(self, record: Record, secrets: Mapping[str, str] | None = None) -> str:
        [found] = ledger.record_hashes((secrets or self.secrets).get(record.registration_id, ""), [record.pk])
        return found

    def may_see(self, access: Access, record: Record) -> bool:
        facts = self.facts[record.registration_id]
        return decide(facts, self._question(access, record)).permitted

    def _question(self, access: Access, record: Record) -> Question:
        return Question(
            service=access.service,
            human=access.human,
            speaks_for=frozenset(access.speaks_for),
            every_hat=frozenset(access.every_hat),
            role=access.role_mask,
            purpose=access.purpose_mask,
            own_ceiling=access.own,
            other_ceiling=access.other,
            now=clock.now(),
            needs=record.needs,
            occurred_at=record.occurred_at,
            author=Handle.practitioner(record.author) if record.author else "",
            sources=tuple(self._source(one) for one in self.sources.get(record.pk, ())),
        )

    def _source(self, row: Row) -> Source:
        facts: Facts = self.facts[row.registration_id]
        return Source(facts, row.needs, row.occurred_at, row.onward)


def readers(world: Canaries) -> dict[str, User]:
    """Sign-ins by what they are: staff, the person's own, and that of whoever looks on their behalf."""
    found = {"keyworker": world.keyworker, "therapist": world.therapist, "stranger": world.stranger}
    for name, service in (("riverside", world.riverside), ("northside", world.northside)):
        found |= {f"{name} {role}": service.sign_in(role) for role in ROLES}
    staff = {name: User.objects.get(practitioner=access.actor) for name, access in found.items()}
    own = OwnSignIn.objects.filter(registration=world.person.riverside).exclude(user="")
    return staff | {"proxy" if one.proxy else "person": User.objects.get(pk=one.user) for one in own}


def asked(every: int = 1) -> list[tuple[URLPattern, str]]:
    """Every address that asks who one is, with every id that stands where its own could stand; of each kind of address
    the first two, and one in `every`."""
    return [
        (pattern, reverse(pattern.name, kwargs=dict(zip(pattern.pattern.converters, ids, strict=True))))
        for pattern in addresses(get_resolver().url_patterns)
        if getattr(pattern.callback, "purposes", None)
        for number, ids in enumerate(product(*(_ids(name) for name in pattern.pattern.converters)))
        if number < BOTH or number % every == 0
    ]


def _ids(name: str) -> list[str]:
    if name in GIVEN:
        return list(GIVEN[name])
    called = CALLED.get(name, (name.title(),))
    found: dict[str, None] = {}
    for model in records():
        if name in SPINES and SPINES[name] in {one.attname for one in model._meta.concrete_fields}:
            found |= dict.fromkeys(model.objects.order_by("recorded_at").values_list(SPINES[name], flat=True))
        elif model.__name__ in called:
            found |= dict.fromkeys(model.objects.order_by("recorded_at").values_list("pk", flat=True))
    linked = {one for link in Link.objects.all() for one in (link.one, link.other)}
    return sorted(found, key=lambda one: one not in linked)[:MOST]


MOST = 6  # of one kind
BOTH = 2  # sides of a person whom two services know stand first


# By whose empty form the person's sign-in is over, or shows less.
ENDS = ("own-end", "own-less", "own-proxy-end")


def walk(world: Canaries, judge: Judge, every: int = 1, only: Sequence[str] = ()) -> Looked:
    """Each address is asked for, and sent an empty form, by each reader."""
    looked = Looked()
    for name, user in readers(world).items():
        if only and name not in only:
            continue
        browser = Browser(raise_request_exception=False)
        browser.force_login(user)
        for pattern, path in asked(every):
            access = _access(user, pattern)
            for method in (browser.get,) if pattern.name in ENDS else (browser.get, browser.post):
                last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
                answer = method(path)
                _judge(looked, judge, access, f"{name} {answer.request['REQUEST_METHOD']} {pattern.name}", answer, last)
    return looked


def _access(user: User, pattern: URLPattern) -> Access:
    if not user.practitioner_id:
        return persons.own_access(user.pk, None, access=Access.public())
    access = places.access_for(user, None, None)
    purposes = pattern.callback.purposes
    role = policy.roles()[access.role].purposes
    fitting = [one for one in purposes if role & policy.purposes()[one].mask]
    return access.for_purpose(fitting[0]) if fitting else access


def _judge(looked: Looked, judge: Judge, access: Access, what: str, answer: HttpResponse, last: int) -> None:
    looked.requests += 1
    looked.answers.append((what, answer))
    seen = set(WORD.findall(answer.content.decode())) - _who(access, answer)
    looked.pages += answer.status_code == 200
    looked.words += len(seen)
    looked.broken += [what] if answer.status_code >= 500 else []
    entered = {one for entry in _entries(last) for one in entry}
    for word in sorted(seen):
        open_ones = [one for one in judge.words.get(word, ()) if judge.may_see(access, one.record)]
        if not open_ones:
            looked.leaked.append(f"{what}: {judge.words[word][0].field} {word}")
        elif not entered & {judge.hashed(one.record) for one in open_ones}:
            looked.unaudited.append(f"{what}: {open_ones[0].field} {word}")
    for one in sorted(entered):
        record = judge.hashes.get(one)
        if answer.status_code != 200 or (record and not judge.may_see(access, record)):
            looked.over_audited.append(f"{what}: {type(record).__name__}")


def _who(access: Access, answer: HttpResponse) -> set[str]:
    """What the head of a page says of a sign-in of the person's own: whose it is; and a refusal, for whom they look."""
    behalf = persons.on_behalf_of(access=access) if answer.status_code != 200 else ""
    return set(WORD.findall(f"{access.name} {behalf}")) if access.role in ("person", "proxy") else set()


def _entries(last: int) -> Iterator[list[str]]:
    for entry in Entry.objects.filter(pk__gt=last, act="shown"):
        for _pseudonym, _kinds, _rows, hashes in entry.about:
            yield hashes.split()
