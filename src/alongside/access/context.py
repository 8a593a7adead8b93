"""The Access: who is asking, in which role, for which purpose. Built by `organisations.queries.access_for`."""

from dataclasses import dataclass, replace
from typing import Any

from alongside.access.rules import Handle, Mask
from alongside.definitions import policy
from alongside.kernel.errors import NotAllowed

NOBODY = ""
PASSES_ON = frozenset({"refer"})  # what a role starts that tells another service of somebody


@dataclass(frozen=True, slots=True)
class Access:
    """Who asks. `speaks_for` are the handles of the role in use, `every_hat` all handles of this human.

    `own` and `other` are the most this role may see of its own and of another service's records.
    """

    actor: str  # a practitioner's id; for a job, its name; empty for the public
    role: str
    service: str
    purpose: str
    speaks_for: tuple[str, ...] = ()
    every_hat: tuple[str, ...] = ()
    own: Mask = 0
    other: Mask = 0
    teams: tuple[str, ...] = ()
    name: str = ""  # for the screen only
    kind: str = ""  # of the service: what it asks and owes depends on it, what may be seen never does
    jurisdiction: str = ""  # of the service: whose edition of a form, a band or a number is meant
    under: str = ""  # the agreement by which somebody from outside works for the service (42 CFR 2.11)
    present: tuple["Access", ...] = ()  # everybody who looks at one screen, where several do; the first is whose it is

    @classmethod
    def together(cls, first: "Access", *others: "Access") -> "Access":
        """Several at one screen: each record has to be open to every one of them, each with their own service, role,
        purpose and hats. The screen is the first's. Nobody acts as several. When somebody joins, it is asked anew with
        them among the others; whoever is there already counts once."""
        present = tuple(dict.fromkeys(each for one in (first, *others) for each in one.each))
        return present[0] if len(present) == 1 else replace(present[0], present=present)

    @property
    def each(self) -> tuple["Access", ...]:
        """Everybody who looks: one, or several at one screen."""
        return self.present or (self,)

    @classmethod
    def public(cls) -> "Access":
        """The anonymous visitor of a public form: sees nothing, may send a self-referral."""
        return cls(actor=NOBODY, role="public", service="", purpose="direct_care")

    @classmethod
    def system(cls, job: str, service: str = "") -> "Access":
        """A named job. It sees nothing about people unless a grant names its door."""
        return cls(actor=job, role="system", service=service, purpose="administration")

    @classmethod
    def link(cls, thing: str) -> "Access":
        """The person who opened a link that was sent to them and said one more thing that they know. It speaks for the
        one thing that the link names, sees no record, and is told apart in the ledger from somebody who signed in."""
        return cls(actor=NOBODY, role="link", service="", purpose="direct_care", speaks_for=(Handle.link(thing),))

    @classmethod
    def of_person(
        cls, sign_in: str, registration: str, *, service: str, name: str, kind: str, jurisdiction: str
    ) -> "Access":
        """The person in their own sign-in, at one service's record of them: at most what is open to everybody of
        theirs, and what a service holds in others' confidence is not (`definitions/access/categories.toml`)."""
        handles = (Handle.self_(registration),)
        here = {"service": service, "name": name, "kind": kind, "jurisdiction": jurisdiction}
        return cls._looking("person", actor=sign_in, speaks_for=handles, every_hat=handles, **here)

    @classmethod
    def of_proxy(
        cls, proxy: str, registration: str, *, kinds: Mask, service: str, name: str, kind: str, jurisdiction: str
    ) -> "Access":
        """Somebody who looks on a person's behalf, at these kinds and nothing that the person does not see: the
        person's own handle is among their hats, so that what is closed to the person is closed to them."""
        hats = (Handle.proxy(proxy), Handle.self_(registration))
        here = {"service": service, "name": name, "kind": kind, "jurisdiction": jurisdiction}
        found = cls._looking("proxy", actor=proxy, speaks_for=hats[:1], every_hat=hats, **here)
        return replace(found, own=found.own & kinds & policy.open_to_self())

    @classmethod
    def _looking(cls, key: str, **who: Any) -> "Access":
        role = policy.roles()[key]
        return cls(role=role.key, purpose="own_access", own=role.own, other=role.other, **who)

    @classmethod
    def reading(cls, service: str, *handles: str) -> "Access":
        """Whoever of `service` reads through these handles, to ask what they could see: at most what any carer may."""
        return cls(
            actor=NOBODY,
            role="therapist",  # grants open to every role; what narrows a real reader further is their own ceiling
            service=service,
            purpose="direct_care",
            speaks_for=handles,
            every_hat=(*handles, Handle.service(service)),
            own=policy.all_categories(),
            other=policy.all_categories(),
        )

    def for_purpose(self, purpose: str) -> "Access":
        """The same reader for another purpose, which the route chooses and the role must allow."""
        if not self.includes(purpose):
            raise NotAllowed("Your role does not include this page. Ask your team lead if you need it.")
        if self.present:
            return Access.together(*(one.for_purpose(purpose) for one in self.present))
        return replace(self, purpose=purpose)

    def includes(self, purpose: str) -> bool:
        """Whether the role in use includes a purpose; those without a role in the policy are not held to it here."""
        if self.present:
            return all(one.includes(purpose) for one in self.present)
        role = policy.roles().get(self.role)
        return role is None or bool(role.purposes & policy.purposes()[purpose].mask)

    def opened(self, thing: str) -> bool:
        """Whether it came from a link to this one thing."""
        return Handle.link(thing) in self.speaks_for

    @property
    def own_registration(self) -> str:
        """The record that is the reader's own; empty for everybody but the person in their own sign-in."""
        return _of_self(self.speaks_for)

    @property
    def behalf_registration(self) -> str:
        """The record that somebody looks at on a person's behalf; empty for everybody else."""
        return "" if self.own_registration else _of_self(self.every_hat)

    @property
    def human(self) -> str:
        return Handle.practitioner(self.actor)

    @property
    def caseload(self) -> str:
        return Handle.caseload(self.actor, self.service)

    @property
    def role_mask(self) -> Mask:
        role = policy.roles().get(self.role)
        return role.mask if role else 0

    @property
    def purpose_mask(self) -> Mask:
        return policy.purposes()[self.purpose].mask

    def may(self, act: str) -> bool:
        """Whether this role may start an act such as `care` or `triage`. Several at one screen act each alone; whoever
        works here from outside passes nothing on."""
        role = policy.roles().get(self.role)
        closed = bool(self.present) or (bool(self.under) and act in PASSES_ON)
        return bool(role and act in role.does and not closed)

    def check_may(self, act: str) -> None:
        """Raise `NotAllowed` unless the role may start the act."""
        if not self.may(act):
            raise NotAllowed("Your role cannot do this. Ask a colleague of the care team or your team lead.")


def _of_self(handles: tuple[str, ...]) -> str:
    return next((one.partition(":")[2] for one in handles if Handle.kind(one) == "self"), "")
