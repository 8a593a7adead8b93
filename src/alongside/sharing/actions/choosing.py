"""Agreeing, withdrawing, withholding and leaving, each with all that follows from it, in one transaction."""

from collections.abc import Collection, Sequence

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.consent import actions as consent
from alongside.consent import queries as consents
from alongside.consent import rules
from alongside.consent.rules import Breath, Choice, Given, HowSaid
from alongside.consultation import actions as consultation
from alongside.contacts import actions as contacts
from alongside.definitions import policy
from alongside.journey import actions as journey
from alongside.journey import queries as journeys
from alongside.kernel.errors import Invalid, NotAllowed, NotThere
from alongside.kernel.language import later
from alongside.organisations import queries as organisations
from alongside.people import actions as people
from alongside.people import queries as persons
from alongside.people.rules import Channel
from alongside.plan import actions as plan
from alongside.post import actions as post
from alongside.referral import actions as referrals
from alongside.safety import actions as safety
from alongside.safety import queries as looks
from alongside.screening import actions as screening
from alongside.sharing.actions import classes, finding, handing_on, leaving_out
from alongside.tasks import actions as task_acts
from alongside.tasks import queries as tasks
from alongside.tasks.rules import Holder
from alongside.transitions import actions as transitions

CHOICES = policy.categories_mask("choices")
CONFIRMED = "confirmed"  # the message that says again what was agreed, or refused, by voice
BOTH = later(
    "Somebody who treats the person here works there, too, and would lose their record. Use “Close it to somebody”, "
    "which asks who has it instead."
)
NOBODY_ELSE = later("Nobody else treats people here. Ring us: somebody has to be found first who treats you instead.")
TAKEN_BACK = "taken_back"  # and what was taken back

# Every room with a state table, in the order in which its work comes back.
ROOMS = (post, safety, contacts, consultation, plan, referrals, screening, transitions)


def reroute(registration: str, by: Access) -> None:
    """Each room puts right what a change of who may see touches. Called by this room's acts."""
    for room in ROOMS:
        room.reroute(registration=registration, by=by)


@transaction.atomic
def agree(
    *, registration: str, choice: Choice, by: Access, submission: str = "", seen: Collection[str] | None = None
) -> str:
    """The person agrees what one recipient may see of this registration; replaces what they agreed before.

    Returns the consent's id. What the new choice no longer opens comes back to this service at once. `submission` and
    `seen` as in `consent.give`, which refuses what is sent again and what was drawn from something else.
    """
    leaving_out.check(registration, [choice], by)
    breath = classes.in_one_breath(registration, [choice], by)
    made = consent.give(registration=registration, choice=choice, by=by, submission=submission, seen=seen)
    close_beside(registration, breath, by)
    reroute(registration, by)
    return made


def close_beside(registration: str, breath: Breath, by: Access) -> None:
    """What else is closed to them stands. Called by this room's acts.

    Raises `Invalid("recipient", …)` where staff would shut out with it a colleague here who works there, too: they
    would hold what they can no longer open. Where the person says so by themselves, another colleague has it instead.
    """
    for one in breath.refusals:
        holding = _holding(one, registration, by) if one.purpose == "direct_care" else []
        if holding and not by.own_registration:
            raise Invalid("recipient", BOTH)
        to = _instead(one, holding, by)
        consent.give(registration=registration, choice=one, by=by, beside=True)
        _leave_with_nobody_shut_out(one, registration, holding, to, by)


@transaction.atomic
def refuse(
    *,
    registration: str,
    choice: Choice,
    by: Access,
    to: str = "",
    submission: str = "",
    seen: Collection[str] | None = None,
) -> str:
    """The person closes their record to somebody; returns the consent's id.

    Where that finds a practitioner of this service who treats them or owes something about their care, `to` is the
    colleague who has it from now on; in the person's own sign-in it is found for them. Raises `Invalid("to", …)` where
    nobody fit is named, `Invalid("recipient", …)` where nobody is found. What they owe besides, such as the review of
    a look, is another's who may do it.
    """
    allowed.require_own(by, registration, "choices")
    access.lock(registrations=persons.joined(registration, access=by), by=by)
    holding = _holding(choice, registration, by)
    to = to or _instead(choice, holding, by)
    for one in holding:
        _check_treats(one, to, by.service, by)
    if holding and to in finding.of_ours(choice, by):
        raise Invalid("to", "It is closed to this colleague, too. Choose somebody else who works in this service now.")
    made = consent.give(registration=registration, choice=choice, by=by, submission=submission, seen=seen)
    _leave_with_nobody_shut_out(choice, registration, holding, to, by)
    reroute(registration, by)
    if choice.given is Given.VERBAL and Handle.kind(choice.recipient) != "self":  # that is for whoever is watched
        confirm(registration, CONFIRMED, made, by)
    return made


def _instead(refusal: Choice, holding: Collection[str], by: Access) -> str:
    """Who has what they hold, where the person says no by themselves."""
    if not holding or not by.own_registration:
        return ""
    found = finding.instead(refusal, by)
    if not found:
        raise Invalid("recipient", NOBODY_ELSE)
    return found


def _leave_with_nobody_shut_out(
    refusal: Choice, registration: str, holding: Collection[str], to: str, by: Access
) -> None:
    for one in finding.of_ours(refusal, by):
        handing_on.hand_on(one, registration, by)
    for one in holding:
        take_over(one, by.service, to, by, of=registration)


def _holding(refusal: Choice, registration: str, by: Access) -> list[str]:
    """Those of this service whom a refusal finds and who hold something of the person's care."""
    return [one for one in finding.of_ours(refusal, by) if _holds(one, registration, by)]


def _holds(practitioner: str, registration: str, by: Access) -> bool:
    """Whether somebody treats the person in this service, is among the few it is kept to, or owes something of care."""
    if persons.is_named_for(practitioner, registration, access=by):
        return True
    stay = journeys.open_episode(registration, access=by)
    treats = stay is not None and stay.practitioner == practitioner
    return treats or registration in tasks.owed_by(practitioner, by.service, but_for=handing_on.MAY, access=by)


@transaction.atomic
def agree_all(
    *,
    registration: str,
    choices: Sequence[Choice],
    by: Access,
    submission: str = "",
    seen: Collection[str] | None = None,
) -> str:
    """Several choices said in one breath, such as care and evaluation; returns the first consent's id.

    A purpose that was never agreed to and is not agreed to now leaves no consent behind. Nothing for a purpose closes
    what a class opens for it (`consent.rules.in_one_breath`). `submission` and `seen` (of all purposes, for one
    recipient) as in `consent.give`.
    """
    made = give_together(registration, choices, by, submission=submission, seen=seen)
    reroute(registration, by)
    if choices[0].given is Given.VERBAL:
        confirm(registration, CONFIRMED, made, by)
    return made


def give_together(
    registration: str,
    choices: Sequence[Choice],
    by: Access,
    *,
    submission: str = "",
    seen: Collection[str] | None = None,
) -> str:
    """What `agree_all` writes down, without what follows from it. Called by this room's acts."""
    rules.check_together(choices)
    leaving_out.check(registration, choices, by)
    breath = classes.in_one_breath(registration, choices, by)
    standing = [one.said for one in consents.current(registration, access=by)]
    said = [one for one in breath.choices if one.categories or any(rules.replaces(one, each) for each in standing)]
    first, *others = said or breath.choices[:1]
    made = consent.give(registration=registration, choice=first, by=by, submission=submission, seen=seen)
    for one in others:
        consent.give(registration=registration, choice=one, by=by)
    close_beside(registration, breath, by)
    return made


def confirm(registration: str, kind: str, said: str, by: Access) -> None:
    """What was said by voice is confirmed by a message, where the person called one safe; called by this room."""
    for channel in (Channel.SMS, Channel.EMAIL):
        try:
            post.check_channel(registration=registration, channel=channel, by=by)
        except Invalid:
            continue
        [anchor] = access.lock(registrations=[registration], by=by)
        post.queue(anchor=anchor, kind=kind, channel=channel, about=said, needs=CHOICES, by=by)
        return


@transaction.atomic
def stop(
    *,
    registration: str,
    recipient: str,
    by: Access,
    reason: str = "",
    how: HowSaid | None = None,
    also: Collection[str] = (),
) -> None:
    """The person takes back everything they agreed to share with one recipient, for every purpose. What is agreed for a
    class of services that it is one of is closed to it by name. `how` they said so, as in `consent.withdraw`; `also`
    are others, such as those of a service who are named besides."""
    live = consents.current(registration, access=by)
    standing = [one for one in live if one.recipient == recipient]
    if not standing:
        raise NotThere()
    for one in (*standing, *(each for each in live if each.recipient in also)):
        consent.withdraw(consent=one.id, by=by, reason=reason, how=how)
    nothing = classes.stopped(recipient, how, by)
    close_beside(registration, classes.in_one_breath(registration, [nothing], by), by)
    reroute(registration, by)
    _confirm_taken_back(registration, standing[0].id, how, by)


@transaction.atomic
def withdraw(*, consent_id: str, by: Access, reason: str = "", how: HowSaid | None = None) -> None:
    """The person takes back what they agreed: nobody sees through it after this commits. Recipients are not told. `how`
    they said so, as in `consent.withdraw`."""
    registration = consent.withdraw(consent=consent_id, by=by, reason=reason, how=how)
    reroute(registration, by)
    _confirm_taken_back(registration, consent_id, how, by)


def _confirm_taken_back(registration: str, ended: str, how: HowSaid | None, by: Access) -> None:
    if how and how.given is Given.VERBAL:
        confirm(registration, TAKEN_BACK, ended, by)


@transaction.atomic
def leaver(*, practitioner: str, service: str, to: str, by: Access) -> int:
    """What somebody holds in a service is a colleague's from now on: people, leads, questions, actions, whatever they
    owe. Returns how many things they owed. Done before their role there ends (`organisations.leave`).

    Only a team lead of the service, or whoever runs the installation. Raises `Invalid("to", …)` unless `to` is somebody
    else who works there now, in a role that treats people where the leaver's does.
    """
    if by.role != "system" and not (by.may("lead") and by.service == service):
        raise NotAllowed("Only a team lead of the service can hand over what a leaver holds.")
    _check_colleague(practitioner, to, service, by)
    owed = tasks.owed_by(practitioner, service, access=by)
    named = persons.named_for(practitioner, service, access=by)
    access.lock(registrations={one for held in {*owed, *named} for one in persons.joined(held, access=by)}, by=by)
    take_over(practitioner, service, to, by)
    access.log(by=by, act="sharing.leaver", subject=practitioner, about=set(owed), detail={"to": to, "owed": len(owed)})
    return len(owed)


def _check_colleague(practitioner: str, to: str, service: str, by: Access) -> None:
    _check_treats(practitioner, to, service, by)
    if looks.owes_reviews(practitioner, service, access=by) and to not in _overseers(service, by):
        raise Invalid("to", "They have looks in an emergency to review. Choose somebody who oversees privacy here.")


def _check_treats(practitioner: str, to: str, service: str, by: Access) -> None:
    if to == practitioner or not organisations.works_in(to, service, access=by):
        raise Invalid("to", "Choose somebody else who works in this service now.")
    treat = {one.id for one in organisations.colleagues(service, access=by)}
    if practitioner in treat and to not in treat:
        raise Invalid("to", "Choose somebody who treats people in this service: this colleague's role does not.")


def _overseers(service: str, by: Access) -> set[str]:
    return {one.id for one in organisations.colleagues(service, access=by, act="oversee")}


def take_over(practitioner: str, service: str, to: str, by: Access, *, of: str = "") -> None:
    """What somebody holds in a service, or there about one registration, is a colleague's."""
    for room in (journey, consultation, plan, transitions, people):
        room.take_over(leaver=practitioner, service=service, to=to, by=by, of=of)
    task_acts.hand_over_all(leaver=practitioner, service=service, holder=Holder(practitioner=to), by=by, of=of)
