"""Being told by another service: a copy in one's own record, and somebody who reads it."""

from dataclasses import replace

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access import sealing
from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import NotThere, Stale
from alongside.kernel.ids import new_id
from alongside.organisations import queries as organisations
from alongside.people import actions as people
from alongside.people import queries as persons
from alongside.people.rules import Identity
from alongside.safety.actions.withholding import open_withholding
from alongside.safety.models import ReceivedDisclosure, ReceivedDisclosureStatus
from alongside.safety.rules import HANDLING, Arrival, Push, Withheld, due_at
from alongside.tasks import actions as tasks
from alongside.tasks.rules import Holder

ROOM = "safety"
SAFETY = policy.categories_mask("safety")


def receive(*, anchor: Anchor, push: Push, withheld: Withheld | None, by: Access) -> None:
    """A copy in the record of the service that is told: in the registration that the person linked with the sender's,
    else in a new one. Whether it knew them is for that service to see, and the sender hears nothing of it.

    Only ever inside the act that discloses, which asked for the registration.
    """
    there = _known_there(anchor.pk, push.to_service, by) or _made_known(anchor.pk, push.to_service, by)
    row = _copied(Anchor.objects.get(pk=there), push, withheld, by)
    # A refusal that names somebody travels with the copy, and whoever gets it from there needs this record open too.
    source = {"registration": anchor.pk, "needs": SAFETY | push.kinds, "occurred_at": push.at}
    access.copied_from(record=row.pk, **source, by=by)
    ReceivedDisclosureStatus.objects.create(received=row, state=row.state, by=by.actor)
    _owe(row, by)
    access.log(by=by, act="safety.received", subject=row.pk, about=[there], detail={"basis": push.basis})
    if withheld:
        open_withholding(entry=row.pk, said=withheld, written_by="", by=by, anchor=row.registration)


def _known_there(registration: str, service: str, by: Access) -> str:
    joined = persons.joined(registration, access=by)[1:]
    return persons.own_of(joined, access=replace(by, service=service)) or "" if joined else ""


def _made_known(registration: str, service: str, by: Access) -> str:
    """Who it is and nothing more: no address, no telephone, nothing that was said in confidence."""
    known, _version = persons.identity(registration, access=by)
    least = Identity(
        given_name=known.given_name,
        family_name=known.family_name,
        birth_date=known.birth_date,
        nhs_number=known.nhs_number,
        nhs_number_status=known.nhs_number_status,
    )
    return people.register(service=service, identity=least, by=by)


def _copied(anchor: Anchor, push: Push, withheld: Withheld | None, by: Access) -> ReceivedDisclosure:
    key = new_id("drc")
    place = organisations.place(by.service, access=by).name
    return ReceivedDisclosure.objects.create(
        id=key,
        registration=anchor,
        service=anchor.service,
        needs=SAFETY | push.kinds | (HANDLING[withheld.why] if withheld else 0),
        occurred_at=push.at,
        basis=push.basis,
        kinds=push.kinds,
        sender_name=", ".join(part for part in (by.name, place) if part)[:200],
        shared=sealing.seal(push.shared, key),
        told=bool(push.told),
        state=Arrival.RECEIVED,
    )


def _owe(row: ReceivedDisclosure, by: Access) -> None:
    """Somebody reads it as soon as an answer about self-harm would be: the same working day, else the next morning."""
    tasks.open_task(
        room=ROOM,
        about=row.pk,
        kind="disclosure_received",
        registration=row.registration_id,
        service=row.service,
        needs=row.needs,
        holder=Holder(team=organisations.intake_team(row.service, access=by)),
        due_at=due_at(clock.now(), organisations.hours_of(row.service, access=by)),
        by=by,
    )


@transaction.atomic
def read_received(*, received: str, by: Access) -> None:
    """Say that it was read and that the reader acts on it. The sender hears nothing of it.

    Raises `Stale` where a colleague said so first, `NotThere` where there is none or it is closed to the reader.
    """
    by.check_may("care")
    rows = ReceivedDisclosure.objects.filter(pk=received, service=by.service)
    row = allowed.visible(by, rows).first()
    if row is None:
        raise NotThere()
    if not rows.filter(state=Arrival.RECEIVED).update(state=Arrival.READ):
        raise Stale("A colleague has already said that they read this. Nothing was saved.")
    ReceivedDisclosureStatus.objects.create(received=row, state=Arrival.READ, by=by.actor)
    tasks.close(room=ROOM, about=row.pk, outcome=Arrival.READ, by=by)
    access.log(by=by, act="safety.read_received", subject=row.pk, about=[row.registration_id])
