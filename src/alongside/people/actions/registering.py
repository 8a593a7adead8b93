"""Registering people, correcting who they are, linking and unlinking; noting what was put right."""

from dataclasses import asdict
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import F, QuerySet

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.models import Record
from alongside.access.rules import Handle, Mask, NeedKind
from alongside.audit import queries as ledger
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import NotThere, Stale
from alongside.kernel.ids import new_id
from alongside.kernel.periods import FOR_EVER
from alongside.organisations import queries as organisations
from alongside.people import rules
from alongside.people.models import Correction, Link, NameWord, Person, Registration
from alongside.people.rules import Correcting, Identity, Mistake

IDENTITY = policy.categories_mask("identity")
Row = TypeVar("Row", bound=Record)


@transaction.atomic
def register(*, service: str, identity: Identity, by: Access) -> str:
    """A service comes to know a person: its own registration, open to its desk and its intake team. Returns its id.

    Always a new person to the system, even where another registration looks the same: only a link joins them.
    """
    rules.check_identity(identity, clock.today())
    registration = new_id("reg")
    access.anchor(registration=registration, service=service, by=by)
    Registration.objects.create(
        id=registration,
        registration_id=registration,
        service=service,
        needs=IDENTITY,
        author=by.actor if by.service == service else "",
        occurred_at=clock.now(),
        person=Person.objects.create(),
        **_columns(identity),
    )
    _call(registration, service, identity)
    _open_to_its_own_service(registration, service, by)
    access.log(by=by, act="people.register", subject=registration, about=[registration])
    return registration


def _columns(identity: Identity) -> dict[str, object]:
    columns = asdict(identity) | {"nhs_number": rules.check_nhs_number(identity.nhs_number)}
    return columns | {"search_name": rules.search_name(identity.given_name, identity.family_name)}


def _call(registration: str, service: str, identity: Identity) -> None:
    """Under which words the find box looks for somebody from now on."""
    NameWord.objects.filter(registration=registration).delete()
    words = rules.name_words(rules.search_name(identity.given_name, identity.family_name))
    NameWord.objects.insert(NameWord(registration_id=registration, service=service, word=word) for word in words)


def _open_to_its_own_service(registration: str, service: str, by: Access) -> None:
    team = Handle.team(organisations.intake_team(service, access=by))
    with access.together(by=by):
        for handle in (Handle.service(service), team):
            access.add_need(
                registration=registration,
                handle=handle,
                service=service,
                kind=NeedKind.REGISTERED,
                made_by=service,
                because=registration,
                by=by,
            )


@transaction.atomic
def correct_identity(*, registration: str, identity: Identity, version: int, by: Access) -> None:
    """Put right who a registration says somebody is. `version` is the one the page showed; `Stale` if it moved on."""
    by.check_may("correct")
    # A message to an address that is safe no longer has left by now, or waits for this.
    access.lock(registrations=[registration], by=by)
    allowed.require_own(by, registration, "identity")
    rules.check_identity(identity, clock.today())
    rows = Registration.objects.filter(pk=registration, version=version)
    if not rows.update(version=F("version") + 1, **_columns(identity)):
        raise Stale("Somebody changed these details while you were writing. Nothing was saved; look at them again.")
    _call(registration, by.service, identity)
    access.log(by=by, act="people.correct_identity", subject=registration, about=[registration])


@transaction.atomic
def link(*, one: str, other: str, because: str, by: Access) -> str:
    """Join two registrations by an act of the person (`because`): both belong to one person. Called by `sharing`."""
    access.lock(registrations=[one, other], by=by)
    live = Link.objects.filter(one__in=[one, other], other__in=[one, other], until_at=FOR_EVER).first()
    if live:
        return live.pk
    person = Registration.objects.values_list("person_id", flat=True).get(pk=one)
    before = Registration.objects.values_list("person_id", flat=True).get(pk=other)
    Registration.objects.filter(pk=other).update(person_id=person)
    made = Link.objects.create(one=one, other=other, because=because, joined_person=before)
    access.log(by=by, act="people.link", subject=made.pk, about=[one, other])
    return made.pk


@transaction.atomic
def unlink(*, link: str, by: Access) -> str:
    """Undo a link: the registrations are two people to the system again. Called by `sharing`. Returns the id of the
    act that had carried it."""
    row = Link.objects.filter(pk=link, until_at=FOR_EVER).first()
    if row is None:
        raise NotThere()
    access.lock(registrations=[row.one, row.other], by=by)
    if not Link.objects.filter(pk=link, until_at=FOR_EVER).exists():  # undone while we waited for the lock
        raise Stale("These two were taken apart a moment ago. Look at the record again.")
    Registration.objects.filter(pk=row.other).update(person_id=row.joined_person)
    Link.objects.filter(pk=link).update(until_at=clock.now())
    access.log(by=by, act="people.unlink", subject=link, about=[row.one, row.other])
    return row.because


def standing(*, rows: QuerySet[Row], by: Access) -> Row:
    """The one record among `rows` that is of the reader's own service, its registration locked, to be put right.

    `NotThere` where there is none or it is closed to the reader, `Stale` where somebody put it right.
    """
    row = rows.filter(service=by.service).first()
    if row is None:
        raise NotThere()
    allowed.require_own(by, row.registration_id, *policy.category_keys(row.needs))
    access.lock(registrations=[row.registration_id], by=by)
    row.refresh_from_db()
    if row.superseded_by:
        raise Stale("Somebody has put this right since you opened it. Look at what stands now.")
    return row


def put_right(*, old: Record, why: Correcting, act: str, by: Access, new: Record | None = None) -> str:
    """Let `new` (not yet in its table) take the place of a record that was found by `standing`; without one, `old` was
    about the wrong person, and nothing does. Entered in the ledger as `act`. Returns the correction's id: it says why,
    who had seen it and who was told.

    Raises `Invalid("reason", …)` without a reason.
    """
    correction = note_correction(record=old, why=why, by=by, replacement=new.pk if new else "")
    table = type(old).objects
    table.filter(pk=old.pk).update(superseded_by=new.pk if new else correction)
    if new:
        table.insert([new])
    access.log(by=by, act=act, subject=old.pk, about=[old.registration_id], detail={"correction": correction})
    return correction


def note_correction(*, record: Record, why: Correcting, by: Access, replacement: str = "", kinds: Mask = 0) -> str:
    """Note why a record of any room is put right, who had been shown it (or any of `kinds`, where more was written with
    it), and who was told. Returns the note's id.

    Only ever inside the action that supersedes the record: the record then points at `replacement`, or at this note
    where nothing replaces it because it was about the wrong person. Raises `Invalid("reason", …)` without a reason.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A correction is noted together with what it corrects.")
    rules.check_correcting(why)
    seen = ledger.seen_since(record.registration_id, since=record.recorded_at, kinds=record.needs | kinds)
    row = Correction.objects.create(
        registration_id=record.registration_id,
        service=record.service,
        needs=record.needs,
        author=by.actor,
        occurred_at=clock.now(),
        kind=Mistake.CORRECTED if replacement else Mistake.WRONG_PERSON,
        record=record.pk,
        replacement=replacement,
        reason=why.reason.strip(),
        seen_by=list(dict.fromkeys(one.actor for one in seen)),
        told=sorted(set(why.told)),
        told_others=why.told_others.strip(),
    )
    return row.pk
