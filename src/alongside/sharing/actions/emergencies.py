"""Looking in an emergency: the record opens to one practitioner, by what they typed and why, until the hour is over."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.rules import Handle, NeedKind
from alongside.kernel import clock
from alongside.kernel.errors import NotAllowed
from alongside.kernel.ids import new_id
from alongside.organisations import queries as organisations
from alongside.people import queries as people
from alongside.people import rules as identities
from alongside.people.rules import Typed
from alongside.safety import actions as safety
from alongside.safety import queries as looked
from alongside.safety import rules
from alongside.safety.actions import Declared, Reviewer, Side
from alongside.safety.queries import Look
from alongside.safety.rules import LASTS, Declaration
from alongside.tasks.rules import Holder


@transaction.atomic
def look_in_emergency(*, typed: Typed, why: Declaration, by: Access, submission: str = "") -> str:
    """Whatever the services of the reader's partnership hold about the person who was meant opens to the reader for an
    hour, if it may. Returns the attempt's id, and nothing else: what it opened is found by reading.

    Somebody who is not known anywhere, whose record may not be opened, or who cannot be told from another one, answers
    alike: the same rows are written, by the same statements, and a review is owed. Raises `Invalid` naming what is
    missing, `NotAllowed` for a role that no country lets declare an emergency, and for whoever looked as often within
    the hour as one may. What is open already by the same words is the look that is open: nothing more is counted or
    owed for it, and whoever was registered since opens by it, too, until it ends.
    """
    if not rules.may_declare(by.role_mask):
        raise NotAllowed("Only those who treat people can look in an emergency. Ask a colleague who does.")
    said = rules.check_why(why, documented=rules.asked_to_document(by.jurisdiction))
    meant = identities.check_typed(typed, clock.today())
    before = looked.attempted(access=by, since=clock.now() - rules.HOUR)
    running = _running(meant, before, by)
    if not running:
        rules.check_often(len(before))
    services = [by.service, *(one.id for one in organisations.partners(access=by))]
    reviewers = {one: _reviewer(one, by) for one in services}
    noted = {"sides": _sides(meant, said, services, by), "typed": meant, "why": said, "reviewers": reviewers}
    if running:
        look = safety.extend(attempt=running, **noted, by=by)
    else:
        own = new_id("reg")
        with access.together(by=by):
            _stand_for(own, reviewers[by.service], by)
        look = safety.declare(own=own, **noted, submission=submission, by=by)
    _open(look, by)
    return look.attempt


def _sides(meant: Typed, said: Declaration, services: Sequence[str], by: Access) -> list[Side]:
    """Whoever was meant, as each of these services knows them."""
    packs = allowed.packs_of(services, access=by)
    found = people.meant(meant, services, access=by)
    return [
        Side(registration, service, rules.opens(packs[service], by.role_mask, said))
        for service, registration in sorted(found.items(), key=lambda item: item[1])
    ]


def _open(look: Declared, by: Access) -> None:
    """One at least, of a look that begins: where nobody was found, what stands for it."""
    for session, registration in look.sessions.items():
        access.break_glass(registration=registration, session=session, until=look.until, by=by)
    if look.noted:
        access.log(by=by, act="sharing.look_in_emergency", subject=look.attempt, about=look.noted)


def _running(meant: Typed, before: Sequence[Look], by: Access) -> str:
    """The reader's look that is open by what they typed, whoever was found; empty where there is none. In another role
    it is another look: what a law lets whoever prescribes open may be shut to whoever counsels."""
    words = (meant.given_name.casefold(), meant.family_name.casefold(), meant.birth_date, meant.nhs_number)
    for one in before:
        typed = (one.given_name.casefold(), one.family_name.casefold(), one.birth_date, one.nhs_number)
        here = (one.reader_service, one.role) == (by.service, by.role)
        if typed == words and here and not one.over:
            return one.id
    return ""


def _reviewer(service: str, by: Access) -> Reviewer:
    """Whoever oversees privacy in a service; where nobody does, the team that takes what comes in."""
    leads = organisations.colleagues(service, access=by, act="oversee")
    holder = Holder(practitioner=leads[0].id) if leads else Holder(team=organisations.intake_team(service, access=by))
    return Reviewer(holder, organisations.hours_of(service, access=by))


def _stand_for(own: str, reviewer: Reviewer, by: Access) -> None:
    """What stands for the attempt in the reader's service, whoever was meant: its reviewer sees it always, the reader
    as long as the look may last, and nobody else."""
    access.anchor(registration=own, service=by.service, by=by)
    access.restrict(registration=own, restricted=bool(reviewer.holder.practitioner), by=by)
    team = [Handle.team(reviewer.holder.team)] if reviewer.holder.team else []
    for handle in (Handle.service(by.service), *team):
        _let_in(own, handle, NeedKind.REGISTERED, by)
    access.add_need(
        registration=own,
        handle=Handle.held(by.actor, by.service),
        service=by.service,
        kind=NeedKind.CARE_TEAM,
        made_by=by.service,
        because=own,
        until=clock.now() + LASTS,
        by=by,
    )


def _let_in(own: str, handle: str, kind: NeedKind, by: Access) -> None:
    access.add_need(
        registration=own, handle=handle, service=by.service, kind=kind, made_by=by.service, because=own, by=by
    )


@transaction.atomic
def end_look(*, attempt: str, by: Access) -> None:
    """The reader needs no longer look: what an attempt of theirs opened is shut. `NotThere` for anybody else's, and an
    hour after it began. A second click finds it ended and changes nothing."""
    opened = _close(safety.end(attempt=attempt, by=by), by)
    access.log(by=by, act="sharing.end_look", subject=attempt, about=opened)


@transaction.atomic
def shut_look(*, look: str, by: Access) -> None:
    """Whoever oversees privacy ends a look before its hour is over: that of their own staff with all it opened, another
    service's in their own record. The reader finds it not there on their next request, as after the hour.

    `Stale` where it is over; `NotThere` where there is none or it is closed to them; `NotAllowed` for other roles.
    """
    opened = _close(safety.shut(look=look, by=by), by)
    access.log(by=by, act="sharing.shut_look", subject=look, about=opened)


def _close(sessions: Mapping[str, str], by: Access) -> list[str]:
    """The sessions are over; the registrations that they had opened."""
    for session, registration in sessions.items():
        access.end_glass(registration=registration, session=session, by=by)
    return sorted(set(sessions.values()))
