"""Two services' shared people with a word of its own in every field that takes words, written by the real actions.

Whatever is private of a record is looked for by these words: `words` says which record each stands in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count

from django.apps import apps
from django.db import models

from alongside.access import sealing
from alongside.access.models import Record
from alongside.access.rules import Handle
from alongside.access.sealed import Sealed
from alongside.consultation import actions as consultation
from alongside.consultation.rules import Reply
from alongside.contacts import actions as contacts
from alongside.kernel import clock
from alongside.lives import actions as lives
from alongside.measures import actions as measures
from alongside.measures.rules import Use
from alongside.medication import actions as medication
from alongside.people import actions as people
from alongside.people import queries as persons
from alongside.people.rules import Correcting
from alongside.plan import actions as plan
from alongside.referral import actions as referrals
from alongside.referral.actions import Carried, Wording
from alongside.referral.rules import Declining
from alongside.referral.rules import Use as Using
from alongside.screening import actions as screening
from alongside.screening.rules import Asked, Step
from alongside.sharing import actions as sharing
from alongside.transitions import actions as transitions
from tests import factories
from tests.canaries import rarer
from tests.integration.everyone import world
from tests.integration.everyone.world import meeting_at

WORD = re.compile(r"Qz\d{4}x")
_numbers = count(1)
HOUR = timedelta(hours=1)


def word() -> str:
    return f"Qz{next(_numbers):04}x"


@dataclass(frozen=True, slots=True)
class Owner:
    """In which record, and in which field of it or of a part of it, a word stands."""

    record: Record
    field: str


class Canaries(world.World):
    """The world in which nobody reaches in, and everything in it says something of its own."""

    def __init__(self) -> None:
        super().__init__()
        for registration, by in self._known():
            self._names(registration, by)
        for service in (self.riverside, self.northside):
            self._record(self.holder("riverside" if service is self.riverside else "northside"))
        self._consultation()
        self._told_no()
        self._over_to_you()
        self._choices()
        rarer.write(self, word)

    def _known(self):
        yield from (
            (registration, by)
            for by, registration in ((self.keyworker, self.person.riverside), (self.therapist, self.person.northside))
        )
        for service, (registration, _episode) in self.of_the_house.items():
            yield (
                registration,
                next(one for one in (self.keyworker, self.therapist, self.stranger) if one.service == service),
            )

    def _names(self, registration, by) -> None:
        identity, version = persons.identity(registration, access=by)
        said = dict.fromkeys(("given_name", "family_name", "preferred_name", "gender", "pronouns", "access_needs"))
        said |= dict.fromkeys(("address", "safe_contact"))
        changed = replace(
            identity, **{name: word() for name in said}, email=f"{word()}@example.org", email_is_safe=True
        )
        people.correct_identity(registration=registration, identity=changed, version=version, by=by)

    def _record(self, by) -> None:
        registration, episode = self.mine(by)
        one = {"registration": registration, "by": by}
        kept = contacts.record(
            **one,
            episode=episode,
            meeting=meeting_at(-HOUR),
            attendance="attended",
            note={"talked_about": word(), "for_the_team": word()},
            uses=[Use("other", 10, named=word())],
        )
        contacts.correct_contact(
            contact=kept,
            meeting=meeting_at(-2 * HOUR),
            attendance="attended",
            why=Correcting(word(), told_others=word()),
            by=by,
        )
        contacts.plan_contact(**one, episode=episode, meeting=meeting_at(HOUR))
        goal = plan.add_goal(**one, words=word())
        plan.end_goal(goal=plan.add_goal(**one, words=word()), reached=False, version=1, why=word(), by=by)
        due = clock.today() + timedelta(days=7)
        for owner in (self.keyworker.actor, self.therapist.actor):
            plan.add_action(**one, text=word(), owner=owner, due_on=due, goal=goal)
        plan.agree(**one, agreed_by="person", words=word())
        lives.record(**one, told=replace(world.happened(), words=word()))
        medication.record(**one, told=replace(world.changed(), medicine=word(), dose=word()))
        found = screening.record(**one, asked=[Asked("mood", "positive")])[0]
        screening.take_on(screening=found, steps=[Step("discussed", word())], by=by)
        measures.record_response(
            **one, instrument="phq9", answers=[1] * 9, completed_at=clock.now(), entered_by="person"
        )

    def _consultation(self) -> None:
        asked = consultation.ask(
            registration=self.person.riverside, answering_service=self.northside.id, text=word(), by=self.keyworker
        )
        consultation.accept(consultation=asked, version=1, by=self.therapist)
        consultation.ask_back(consultation=asked, text=word(), version=2, by=self.therapist)
        consultation.clarify(consultation=asked, text=word(), version=3, by=self.keyworker)
        consultation.answer(consultation=asked, text=word(), recommendations=[word()], version=4, by=self.therapist)
        consultation.reply(consultation=asked, replies=[Reply(1, "adapted", word())], by=self.keyworker)
        consultation.close(consultation=asked, outcome="helped", learnt=word(), version=5, by=self.keyworker)

    def _told_no(self) -> None:
        """Two more people whom Riverside referred: one waits, one was declined."""
        for _ in range(2):
            wording = Wording(word(), word(), Using("alcohol", 20, 12, "units"))
            choice = factories.choice()
            made = sharing.refer(
                registration=factories.registered(self.riverside, given_name=word(), family_name=word()),
                to=self.northside.id,
                wording=wording,
                choice=choice,
                carried=Carried("one_to_one", choice.categories, choice.given, choice.witness, True),
                by=self.keyworker,
            )
        declined = Declining("alcohol_use", word(), word(), word(), clock.today() + timedelta(weeks=6))
        referrals.decline(referral=made, decision=declined, by=self.therapist)

    def _over_to_you(self) -> None:
        one = {"registration": self.person.northside, "to": self.keyworker.actor, "words": word()}
        handover = transitions.propose_handover(**one, by=self.therapist)
        transitions.return_handover(handover=handover, words=word(), by=self.keyworker)

    def _choices(self) -> None:
        """What each service shares: the plan here and not the notes, and one colleague is told no by name."""
        for by, other in ((self.keyworker, self.northside), (self.therapist, self.riverside)):
            choice = factories.choice(recipient=Handle.service(other.id), witness=word())
            sharing.agree(registration=self.mine(by)[0], choice=choice, by=by)


def records() -> Iterator[type[Record]]:
    return (model for model in apps.get_models() if issubclass(model, Record))


def words() -> dict[str, list[Owner]]:
    """Where each word stands: in records, and in the parts that hang on them."""
    found: dict[str, list[Owner]] = {}
    for model in records():
        for row in model.objects.all():
            for name, text in _texts(row):
                for one in WORD.findall(text):
                    found.setdefault(one, []).append(Owner(row, f"{model.__name__}.{name}"))
            for part, name, text in _parts(row):
                for one in WORD.findall(text):
                    found.setdefault(one, []).append(Owner(row, f"{part}.{name}"))
    return found


def _texts(row: models.Model) -> Iterator[tuple[str, str]]:
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if type(field) is Sealed and value:
            value = sealing.unseal(value, row.pk)
        if isinstance(value, (str, list, dict)) and value:
            yield field.name, str(value)


def _parts(row: Record) -> Iterator[tuple[str, str, str]]:
    for relation in row._meta.related_objects:
        model = relation.related_model
        if not issubclass(model, Record) and model.__module__.startswith("alongside."):
            for part in model.objects.filter(**{relation.field.name: row.pk}):
                yield from ((model.__name__, name, text) for name, text in _texts(part))
