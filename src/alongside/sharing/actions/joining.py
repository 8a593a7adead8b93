"""Referring, accepting and taking apart: how the records of two services are joined, and what that carries."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.consent import actions as consent
from alongside.consent import queries as consents
from alongside.consent import rules
from alongside.consent.rules import Choice, Given
from alongside.journey import actions as journey
from alongside.journey import queries as journeys
from alongside.kernel import clock
from alongside.kernel.errors import Invalid
from alongside.organisations import queries as organisations
from alongside.people import actions as people
from alongside.people import queries as persons
from alongside.people.rules import Apart, age, check_apart
from alongside.referral import actions as referrals
from alongside.referral import queries as referred
from alongside.referral.actions import Carried, Wording
from alongside.sharing.actions import classes
from alongside.sharing.actions.choosing import close_beside, reroute

_NOBODY = Choice("", 0, Given.VERBAL)  # who said something, where nothing of it was written down


@transaction.atomic
def refer(
    *,
    registration: str,
    to: str,
    wording: Wording,
    by: Access,
    choice: Choice | None = None,
    carried: Carried | None = None,
    submission: str = "",
) -> str:
    """Refer somebody and, with it, record what they agreed to share with the receiver; returns the referral's id.

    Raises `Invalid` naming what somebody young, or a parent, has to say to share anything either way: nothing is sent
    that could never be accepted.
    """
    sent = referrals.send(
        registration=registration, to=to, wording=wording, carried=carried or Carried(), submission=submission, by=by
    )
    if carried and carried.share_back:
        _check_decides(registration, replace(choice or _NOBODY, categories=carried.share_back), by)
    if choice is not None:
        said = _renewed(replace(choice, recipient=Handle.service(to)), registration, by)
        breath = classes.in_one_breath(registration, [said], by)
        consent.give(registration=registration, choice=said, because=sent, by=by)
        close_beside(registration, breath, by)
        reroute(registration, by)
    return sent


def _check_decides(registration: str, choice: Choice, by: Access) -> None:
    """What is shared back is said by whoever may say so now, and not when it is accepted."""
    today, pack = clock.today(), allowed.pack_of(by.service, access=by)
    rules.check_decides(choice, age(persons.born(registration, access=by), today), today, pack)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What accepting made: an episode, and a joint journey where the referral carried one."""

    episode: str
    journey: str = ""


@transaction.atomic
def accept_referral(
    *, referral: str, practitioner: str, by: Access, lead: str = "", back: Choice | None = None
) -> Accepted:
    """Take somebody on, and put into force what their own act carried with the referral.

    `back` is what they signed anew for what the receiver shares back, where what the referral carried is not enough (a
    programme under 42 CFR Part 2, somebody young). It shares no more than the referral said.

    Where it carried a joint journey, the two registrations are linked, the receiver may share back what the person
    agreed, and the journey opens under `lead` (a practitioner of either episode; the receiver's where not given).
    """
    found = referred.received(referral, access=by)
    sender = referrals.sender_registration(referral=referral, by=by)
    access.lock(registrations=[one for one in (found.registration, sender) if one], by=by)
    episode = referrals.accept(referral=referral, practitioner=practitioner, by=by)
    if not sender or not found.arm:
        return Accepted(episode)
    if not practitioner:
        raise Invalid("practitioner", "A joint journey needs somebody to take it on. Choose a practitioner.")
    people.link(one=sender, other=found.registration, because=referral, by=by)
    if found.share_back:
        _share_back(found, back, by)
    place = organisations.place(by.service, access=by)
    opened = journey.open_journey(
        registrations=(sender, found.registration),
        pathway=organisations.pathway_of(by.service, access=by),
        agreement=place.agreement,
        arm=found.arm,
        lead=lead or practitioner,
        because=referral,
        by=by,
    )
    return Accepted(episode, opened)


def _share_back(found: referred.Received, signed: Choice | None, by: Access) -> None:
    there = Handle.service(found.sender_service)
    said = replace(signed or _carried(found, by), recipient=there, categories=found.share_back)
    said = _renewed(said, found.registration, by)
    consent.give(registration=found.registration, choice=said, because=found.id, by=by)


def _renewed(choice: Choice, registration: str, by: Access) -> Choice:
    """With what stands and no referral asks about: whoever was left out by name stays left out, and what was agreed for
    some time or of some time alone is not widened."""
    standing = (one.said for one in consents.current(registration, access=by))
    before = next((one for one in standing if rules.replaces(choice, one)), None)
    if before and before.categories:
        asked = allowed.pack_of(by.service, access=by) == rules.PART_2
        return rules.carried(rules.as_limited(choice, before, asked_when_it_ends=asked), before)
    last = consents.shared_last(registration, choice, access=by)
    made = rules.carried(choice, before) if before else choice
    return rules.remembered(made, last) if last else made


def _carried(found: referred.Received, by: Access) -> Choice:
    """As the person said it with the referral."""
    given, witness, told = referrals.given_with(referral=found.id, by=by)
    return Choice("", found.share_back, Given(given), witness=witness, told_no_is_fine=told)


@transaction.atomic
def unlink(*, registration: str, other: str, why: Apart, by: Access, also: Collection[str] = ()) -> None:
    """The person no longer wants two services to be joined: the link ends, and on both sides what they agreed to share
    by the act that carried it, with the journey's need for it. `also` are those of the other service (handles) who are
    named besides, and for whom what is agreed by this registration ends in the same breath.

    Raises `Invalid("reason", …)` without a reason, which the other service does not read.
    """
    by.check_may("consent")
    allowed.require_own(by, registration, "choices")
    check_apart(why)
    both = (registration, other)
    carried = people.unlink(link=persons.link_between(registration, other, access=by), by=by)
    consent.end_carried(registrations=both, because=carried, reason=why.said, by=by)
    for one in consents.current(registration, access=by) if also else ():
        if one.recipient in also:
            consent.withdraw(consent=one.id, reason=why.said, by=by)
    for journey_id in set.intersection(*(set(journeys.journeys_of(one, access=by)) for one in both)):
        for one in both:
            access.end_needs(registration=one, because=journey_id, by=by)
    for one in both:
        reroute(one, by)
