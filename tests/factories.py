"""Test records, made by living them: every factory walks through the actions that a service would use."""

from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count

from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.consent import actions as consent
from alongside.consent.rules import Choice, Given
from alongside.definitions import policy
from alongside.journey import actions as journey
from alongside.kernel import clock
from alongside.organisations import actions as organisations
from alongside.organisations import queries as places
from alongside.organisations.models import User
from alongside.people import actions as people
from alongside.people.models import Registration
from alongside.people.rules import Apart, Asker, Identity
from alongside.referral import queries as referrals
from alongside.referral.actions import Carried, Wording
from alongside.referral.rules import Use
from alongside.sharing import actions as sharing

_numbers = count(1)
SETTING_UP = Access.system("set up")
SOMEBODY = Identity(given_name="Jordan", family_name="Reed", birth_date=date(1988, 5, 17), pronouns="they/them")


@dataclass
class Service:
    """A service in a test, with whoever the test asked for."""

    id: str
    name: str
    team: str
    staff: dict[str, str] = field(default_factory=dict)

    def sign_in(self, role: str, purpose: str | None = None) -> Access:
        """The access of this service's one practitioner in `role`, who joins the first time they are asked for.

        For the first purpose of the role where none is named.
        """
        if role not in self.staff:
            self.staff[role] = _join(self, role)
        user = User.objects.get(practitioner=self.staff[role])
        return places.access_for(user, None, purpose)


def _join(service: Service, role: str) -> str:
    number = next(_numbers)
    practitioner = organisations.join(name=f"{role.title()} {number}", email=f"{number}@example.org", by=SETTING_UP)
    wide = role in {"administrator", "evaluator", "privacy_lead"}
    organisations.assign_role(
        practitioner=practitioner, service=service.id, team=None if wide else service.team, role=role, by=SETTING_UP
    )
    return practitioner


@dataclass
class Partnership:
    """Northside and Riverside."""

    id: str
    northside: Service
    riverside: Service


def partnership(jurisdiction: str = "uk") -> Partnership:
    """Two services that run a pathway together in one jurisdiction, each with one team."""
    made = organisations.open_partnership(
        name=f"North and River {next(_numbers)}",
        pathway="integrated_treatment",
        agreement="northside_riverside",
        by=SETTING_UP,
    )
    northside = _service(made, "Northside Talking Therapies", "talking_therapies", jurisdiction)
    riverside = _service(made, "Riverside Substance Use Service", "substance_use", jurisdiction)
    return Partnership(made, northside, riverside)


def _service(partnership: str, name: str, kind: str, jurisdiction: str) -> Service:
    service = organisations.add_service(
        partnership=partnership,
        name=name,
        kind=kind,
        organisation="A trust",
        jurisdiction=jurisdiction,
        by=SETTING_UP,
    )
    team = organisations.add_team(service=service, name="Adult team", by=SETTING_UP)
    return Service(service, name, team)


def registered(service: Service, **changes) -> str:
    """Somebody the service knows; their registration."""
    return people.register(service=service.id, identity=replace(SOMEBODY, **changes), by=SETTING_UP)


def agreed(registration: str, service: Service, recipient: Service, *kinds: str) -> str:
    """The person agreed that `recipient` may see these kinds of what `service` holds; the consent's id."""
    role = "therapist" if "Northside" in service.name else "keyworker"
    choice = Choice(
        recipient=Handle.service(recipient.id),
        categories=policy.categories_mask(*kinds),
        given=Given.VERBAL,
        witness="Their worker",
        told_no_is_fine=True,
    )
    return consent.give(registration=registration, choice=choice, by=service.sign_in(role))


@dataclass
class Joint:
    """Somebody both services know, linked, with the same kinds shared each way."""

    here: Service
    there: Service
    registration: str
    registration_there: str
    consents: tuple[str, str] = ("", "")


def joint(*kinds: str) -> Joint:
    """A person linked between Northside (here) and Riverside (there) who shares these kinds both ways."""
    both = partnership()
    here, there = both.northside, both.riverside
    one, other = registered(here), registered(there)
    people.link(one=one, other=other, because="ref_test", by=SETTING_UP)
    consents = (agreed(one, here, there, *kinds), agreed(other, there, here, *kinds)) if kinds else ("", "")
    return Joint(here, there, one, other, consents)


class Referred:
    """Somebody of Riverside whom their keyworker referred to Northside, having agreed to share `categories` with it.

    Northside may share `back` with Riverside once it has accepted; what helps both teams, each way, where nothing
    else is said.
    """

    def __init__(
        self,
        world: Partnership | None = None,
        *,
        categories: int | None = None,
        back: int | None = None,
        arm: str = "one_to_one",
        **identity,
    ) -> None:
        self.world = world or partnership()
        self.keyworker = self.world.riverside.sign_in("keyworker")
        self.therapist = self.world.northside.sign_in("therapist")
        self.riverside = registered(self.world.riverside, **identity)
        self.riverside_episode = self._episode()
        agreed = choice(categories)
        self.referral = sharing.refer(
            registration=self.riverside,
            to=self.world.northside.id,
            wording=Wording("Panic since she stopped using", "To sleep", Use("alcohol", 20, 12, "units")),
            choice=agreed,
            carried=Carried(arm, choice(back).categories, agreed.given, agreed.witness, True),
            by=self.keyworker,
        )
        self.northside = referrals.received(self.referral, access=self.therapist).registration

    def _episode(self) -> str:
        return journey.open_episode(
            registration=self.riverside,
            team=self.world.riverside.team,
            practitioner=self.keyworker.actor,
            received_on=clock.today(),
            by=self.keyworker,
        )


class JointJourney(Referred):
    """Somebody whom Northside accepted: one journey, and what was agreed is shared both ways."""

    def __init__(self, world: Partnership | None = None, **referred) -> None:
        super().__init__(world, **referred)
        self.accepted = sharing.accept_referral(
            referral=self.referral, practitioner=self.therapist.actor, by=self.therapist
        )


APART = Apart("They want two teams again", Asker.PERSON)


def choice(categories: int | None = None, **changes) -> Choice:
    """A consent given by word of mouth, complete; what helps both teams where nothing else is said."""
    usual = {
        "recipient": "",
        "categories": policy.bundles()["both_teams"].mask if categories is None else categories,
        "given": Given.VERBAL,
        "witness": "K. Worker",
        "told_no_is_fine": True,
    }
    return Choice(**(usual | changes))


def safe_email(registration: str, email: str) -> None:
    """The person says that this address is safe; with an empty one, that none is."""
    Registration.objects.filter(pk=registration).update(email=email, email_is_safe=bool(email))
