"""The people who withdraw while others look: on a joint journey, with something to lose in every way of looking."""

from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from alongside.access.context import Access
from alongside.access.rules import Effect, Handle
from alongside.consent import queries as consents
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.measures import actions as measures
from alongside.measures import queries as measured
from alongside.organisations import queries as places
from alongside.organisations.models import User
from alongside.people import actions as people
from alongside.people import queries as persons
from alongside.plan import actions as plan
from alongside.sharing import actions as sharing
from tests import factories

SHARED = policy.bundles()["both_teams"].mask
KEPT = policy.categories_mask("identity")  # what is left after a choice is made narrower


@dataclass(frozen=True, slots=True)
class Somebody:
    """Known to two services. Northside's therapist wrote `word` into the plan; Riverside's keyworker may read it."""

    word: str
    here: str  # Northside's registration, about which something is lost
    there: str  # Riverside's
    service: str  # Riverside, whom the person tells no
    therapist: str
    keyworker: str
    evaluator: str  # Northside's, who counts whom Riverside knows

    @classmethod
    def made(cls, world: factories.Partnership, number: int) -> Self:
        person = factories.JointJourney(
            world, given_name=f"P{number}", email=f"p{number}@example.org", email_is_safe=True
        )
        word = f"Heron{number}"
        plan.add_goal(registration=person.northside, words=word, by=person.therapist)
        measures.record_response(
            registration=person.northside,
            instrument="phq9",
            answers=[1] * 9,
            completed_at=clock.now(),
            entered_by="person",
            by=person.therapist,
        )
        here, there, evaluator = person.northside, person.riverside, world.northside.sign_in("evaluator")
        staff = (person.therapist.actor, person.keyworker.actor, evaluator.actor)
        return cls(word, here, there, world.riverside.id, *staff)

    def said(self) -> dict[str, str]:
        return asdict(self)

    # --- What a person says, through the actions that their worker uses ----------------------------------------------

    def agree(self, categories: int = SHARED) -> None:
        choice = factories.choice(categories, recipient=Handle.service(self.service))
        sharing.agree(registration=self.here, choice=choice, by=of(self.therapist))

    def withdraw(self) -> None:
        by = of(self.therapist)
        [one] = (one for one in consents.current(self.here, access=by) if one.purpose == "direct_care")
        sharing.withdraw(consent_id=one.id, by=by)

    def narrow(self) -> None:
        self.agree(KEPT)

    def refuse(self) -> None:
        """Nothing more for the keyworker, by name."""
        choice = factories.choice(SHARED & ~KEPT, recipient=Handle.practitioner(self.keyworker), effect=Effect.DENY)
        sharing.refuse(registration=self.here, choice=choice, by=of(self.therapist))

    def unrefuse(self) -> None:
        by = of(self.therapist)
        [one] = (one for one in consents.in_force(self.here, access=by) if one.effect is Effect.DENY)
        sharing.withdraw(consent_id=one.id, by=by)

    def call_email_unsafe(self) -> None:
        self._email(safe=False)

    def call_email_safe(self) -> None:
        self._email(safe=True)

    def _email(self, *, safe: bool) -> None:
        by = of(self.therapist)
        identity, version = persons.identity(self.here, access=by)
        changed = replace(identity, email_is_safe=safe)
        people.correct_identity(registration=self.here, identity=changed, version=version, by=by)

    def be_written_to(self) -> None:
        """A message to them waits, and no older one."""
        by = of(self.therapist)
        if earlier := measured.waiting(access=factories.SETTING_UP).get(self.here):
            measures.withdraw_ask(ask=earlier.id, by=by)
        measures.ask(registration=self.here, instruments=["gad7"], channel="email", by=by)

    # --- What they say about being counted: at Riverside, to Northside -----------------------------------------------

    def agree_to_be_counted(self) -> None:
        choice = factories.choice(recipient=self._northside(), purpose="evaluation")
        sharing.agree(registration=self.there, choice=choice, by=of(self.keyworker))

    def withdraw_from_counting(self) -> None:
        by = of(self.keyworker)
        [one] = (one for one in consents.current(self.there, access=by) if one.purpose == "evaluation")
        sharing.withdraw(consent_id=one.id, by=by)

    def _northside(self) -> str:
        return Handle.service(of(self.therapist).service)


def of(practitioner: str, purpose: str | None = None) -> Access:
    return places.access_for(User.objects.get(practitioner=practitioner), None, purpose)


def somebody(said: dict[str, Any]) -> Somebody:
    return Somebody(**said)


def people_of(count: int) -> list[Somebody]:
    world = factories.partnership()
    return [Somebody.made(world, number) for number in range(count)]
