"""What is written more seldom, with a word of its own in each field: looks in an emergency, what is told without
asking, holds and erasures, two records of one human, who else looks or signs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from django.test import override_settings

from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.consent.rules import Given, HowSaid, Signer
from alongside.kernel import clock
from alongside.people import actions as people
from alongside.people.rules import Proposed, Typed
from alongside.plan import actions as plan
from alongside.safety import actions as safety
from alongside.safety.models import BrokenGlass
from alongside.safety.rules import Declaration, Withheld
from alongside.sharing import actions as sharing
from tests import factories
from tests.integration.everyone.world import PLAN, World, told

Word = Callable[[], str]


def write(world: World, word: Word) -> None:
    """All of it, into the first service's record of the shared person where it does not close that to its readers."""
    _not_done(world, word)
    _looked(world, word)
    _told(world, word)
    _kept(world, word)
    _twice(world, word)
    _let_others(world, word)
    _signed_by_another(world, word)


def _not_done(world: World, word: Word) -> None:
    action = world.action()
    plan.finish_action(action=action, done=False, version=1, by=world.keyworker, why=word())


def _looked(world: World, word: Word) -> None:
    """For somebody whom nobody knows; and into a record of Riverside's, by a colleague of the other service. Both are
    over and reviewed."""
    for by, lead, typed in (
        (world.colleagues[world.northside.id], world.leads[0], Typed(word(), word(), date(1990, 1, 2))),
        (world.colleagues[world.riverside.id], world.leads[0], _born_alone(world)),
    ):
        look = sharing.look_in_emergency(typed=typed, why=Declaration(word()), by=by)
        sharing.end_look(attempt=look, by=by)
        [found] = BrokenGlass.objects.filter(attempt=look, service=lead.service).values_list("pk", flat=True)
        safety.review_look(look=found, verdict="appropriate", words=word(), by=lead)


def _born_alone(world: World) -> Typed:
    """Somebody whom Riverside knows: found by a day on which nobody else was born, for words are spelt alike without
    their digits."""
    typed = Typed("Ola", "Nordmann", date(1971, 3, 4))
    named = {"given_name": typed.given_name, "family_name": typed.family_name, "birth_date": typed.birth_date}
    factories.registered(world.riverside, **named)
    return typed


def _told(world: World, word: Word) -> None:
    """To somebody outside and to the other service; the person was not told, and what was told is withheld."""
    lead = world.riverside.sign_in("team_lead")
    silent = {"told": False, "ground": word()}
    outside = replace(told(), shared=word(), not_told=word(), to_body=word(), **silent)
    entry = sharing.disclose(registration=world.person.riverside, push=outside, by=lead)
    sharing.withhold(entry=entry, said=Withheld("serious_harm", word()), by=lead)
    across = replace(outside, shared=word(), not_told=word(), to_body="", way="", to_service=world.northside.id)
    sharing.disclose(registration=world.person.riverside, push=across, by=lead)


def _kept(world: World, word: Word) -> None:
    lead, named = world.leads[0], world.keyworker.actor
    people.hold(registration=world.person.riverside, reason=word(), by=lead)
    sharing.propose_erasure(registration=world.long_gone(), reason=word(), by=lead)
    few = factories.registered(world.riverside, given_name=word(), family_name=word())
    sharing.restrict(registration=few, named=[named], keeper=named, reason=word(), by=lead)


def _twice(world: World, word: Word) -> None:
    """One pair waits to be decided, another was taken apart again."""
    colleague = world.riverside.sign_in("step2_practitioner")
    for one, apart in ((world.person.riverside, False), (world.of_the_house[world.riverside.id][0], True)):
        other = factories.registered(world.riverside, given_name=word(), family_name=word())
        sharing.propose_same(registration=one, other=other, reason=word(), by=colleague)
        if apart:
            sharing.decide_same(registration=one, same=True, by=world.keyworker)
            sharing.part_same(registration=one, reason=word(), by=world.keyworker)


def _let_others(world: World, word: Word) -> None:
    """The person signs in, and somebody whom they chose to look for them."""
    until = clock.now() + timedelta(days=90)
    proposed = Proposed(
        word(),
        f"{word()}@example.org",
        date(1961, 2, 3),
        "chosen",
        PLAN,
        until,
        decides=True,
        agreed=word(),
        paper=word(),
    )
    one = {"registration": world.person.riverside, "by": world.keyworker}
    with override_settings(DEMONSTRATION=True, ADDRESS="https://questions.example.org"):
        invited = [sharing.invite(**one), sharing.invite_proxy(**one, proposed=proposed)]
    for sign_in in invited:
        sharing.welcome(sign_in=sign_in, password="three quiet wooden boats", by=Access.link(sign_in))


def _signed_by_another(world: World, word: Word) -> None:
    """What a representative signed, under an order, for a colleague by name; and what was taken back."""
    fields = ("witness", "signed_by", "authority", "competent", "required_by", "reported", "through")
    signed = {name: word() for name in fields}
    one = {"registration": world.person.riverside, "by": world.keyworker}
    for back in (False, True):
        colleague = world.northside.sign_in("team_lead" if back else "step2_practitioner")
        choice = factories.choice(PLAN, recipient=_named(colleague), signer=Signer.REPRESENTATIVE, **signed)
        made = sharing.agree(**one, choice=choice)
        if back:
            heard = HowSaid(Given.VERBAL, word())
            sharing.withdraw(consent_id=made, reason=word(), how=heard, by=world.keyworker)


def _named(colleague: Access) -> str:
    return Handle.practitioner(colleague.actor)
