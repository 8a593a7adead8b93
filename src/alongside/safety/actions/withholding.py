"""Withholding an entry from the person's own view, and the second look of somebody else. Called by `sharing`."""

from collections.abc import Iterator

from django.db import connection, transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access import sealing
from alongside.access.context import Access
from alongside.access.models import Anchor, Record
from alongside.definitions import policy
from alongside.definitions.policy import Mask
from alongside.kernel import clock
from alongside.kernel.errors import NotAllowed, NotThere, Stale
from alongside.kernel.ids import new_id
from alongside.organisations import queries as organisations
from alongside.safety.models import (
    BrokenGlass,
    DisclosedWords,
    DisclosureWithoutConsent,
    ReceivedDisclosure,
    Withholding,
    WithholdingReview,
)
from alongside.safety.rules import (
    HANDLING,
    Review,
    Withheld,
    check_look_withheld,
    check_reviewer,
    check_withholding,
    has_lapsed,
    review_due_at,
)
from alongside.tasks import actions as tasks
from alongside.tasks.rules import Holder

ROOM = "safety"
CHOICES = policy.categories_mask("choices")
EVERY = sum(HANDLING.values())


def open_withholding(*, entry: str, said: Withheld, written_by: str, by: Access, anchor: Anchor) -> str:
    """Note that an entry (an id of any room) is withheld, and that somebody else owes a second look; returns its id.

    Only ever inside the act that withholds the entry itself. Raises `Invalid` naming `withhold` or `withhold_words`,
    `Stale` where it is withheld already and nobody has decided yet.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An entry is withheld inside the act that closes it to the person.")
    said = check_withholding(said)
    if Withholding.objects.filter(about=entry, state=Review.OPEN).exists():
        raise Stale("This is withheld already, and waits for somebody else to look at it.")
    key = new_id("wth")
    row = Withholding.objects.create(
        id=key,
        registration=anchor,
        service=anchor.service,
        needs=CHOICES | HANDLING[said.why],
        author=by.actor,
        occurred_at=clock.now(),
        about=entry,
        written_by=written_by,
        why=said.why,
        words=sealing.seal(said.words, key),
        state=Review.OPEN,
    )
    access.copied_on(copies=[access.Copied(key, entry, anchor.pk)], by=by)
    WithholdingReview.objects.create(withholding=row, state=Review.OPEN, by=by.actor)
    _owe(row, by)
    access.log(by=by, act="safety.withhold", subject=key, about=[anchor.pk], detail={"entry": entry, "why": said.why})
    return key


def _owe(row: Withholding, by: Access) -> None:
    tasks.open_task(
        room=ROOM,
        about=row.pk,
        kind="withheld",
        registration=row.registration_id,
        service=row.service,
        needs=row.needs,
        holder=Holder(team=organisations.intake_team(row.service, access=by)),
        due_at=review_due_at(clock.now(), organisations.hours_of(row.service, access=by)),
        by=by,
    )


@transaction.atomic
def withhold_disclosure(*, disclosure: str, said: Withheld, by: Access) -> str:
    """Keep from the person that something was told without their consent; returns the withholding's id.

    Raises as `open_withholding`, and `NotThere` where there is none of this service's own or it is closed.
    """
    by.check_may("care")
    row = _own(DisclosureWithoutConsent, disclosure, by)
    kept = check_withholding(said)
    hold(row=row, mask=HANDLING[kept.why], by=by)
    for words in DisclosedWords.objects.filter(disclosure=row):
        hold(row=words, mask=HANDLING[kept.why], by=by)
    # Whoever withholds is out of the second look by that; where they wrote the entry, whoever decided is named beside.
    other = row.author if row.author != by.actor else row.decided_by or row.author
    return open_withholding(entry=row.pk, said=kept, written_by=other, by=by, anchor=row.registration)


@transaction.atomic
def withhold_received(*, received: str, said: Withheld, by: Access) -> str:
    """Keep from the person what another service told this one; returns the withholding's id. Raises as above."""
    by.check_may("care")
    row = _own(ReceivedDisclosure, received, by)
    kept = check_withholding(said)
    hold(row=row, mask=HANDLING[kept.why], by=by)
    return open_withholding(entry=row.pk, said=kept, written_by="", by=by, anchor=row.registration)


@transaction.atomic
def withhold_look(*, look: str, said: Withheld, by: Access) -> str:
    """Keep from the person that somebody looked in an emergency, where it would harm somebody; returns the
    withholding's id. For whoever oversees privacy; somebody else decides, and until then it is for five working days.

    Raises as `open_withholding`, and `NotThere` where it is no look into this service's own record.
    """
    by.check_may("oversee")
    row = _own(BrokenGlass, look, by)
    if row.pk == row.attempt:
        raise NotThere()  # it stands for an attempt, in nobody's record
    kept = check_look_withheld(said)
    hold(row=row, mask=HANDLING[kept.why], by=by)
    return open_withholding(entry=row.pk, said=kept, written_by=row.author, by=by, anchor=row.registration)


@transaction.atomic
def lapse_looks(*, by: Access) -> int:
    """Looks that were withheld and that nobody else decided about in time are the person's to read again; returns how
    many. For the job that does so (`NotAllowed` for anybody else)."""
    if by.role != "system":
        raise NotAllowed("It lapses by itself.")
    rows = Withholding.objects.filter(state=Review.OPEN, about__startswith="bgl_").order_by("pk")
    return sum(_lapsed(row, by) for row in rows)


def _lapsed(row: Withholding, by: Access) -> bool:
    if not has_lapsed(row.occurred_at, clock.now(), organisations.hours_of(row.service, access=by)):
        return False
    if not Withholding.objects.filter(pk=row.pk, state=Review.OPEN).update(state=Review.NOT_UPHELD):
        return False
    WithholdingReview.objects.create(withholding=row, state=Review.NOT_UPHELD, by=by.actor)
    tasks.close(room=ROOM, about=row.pk, outcome=Review.NOT_UPHELD.value, by=by)
    _let_go(row.about, by)
    access.log(by=by, act="safety.withheld_lapsed", subject=row.pk, about=[row.registration_id])
    return True


def _own(model: type[Record], key: str, by: Access) -> Record:
    row = allowed.visible(by, model.objects.filter(pk=key, service=by.service)).first()
    if row is None:
        raise NotThere()
    return row


def hold(*, row: Record, mask: Mask, by: Access) -> None:
    """What an entry needs while it is withheld (`mask`), or again without it (0)."""
    type(row).objects.filter(pk=row.pk).update(needs=row.needs & ~EVERY | mask)


@transaction.atomic
def review(*, withholding: str, upheld: bool, by: Access) -> str:
    """Decide about an entry that somebody else withheld; returns the entry. Not upheld, the person sees it from now on;
    where it is another room's, `sharing` opens it there.

    Raises `NotAllowed` for whoever withheld or wrote it, or decided what it tells, and for whoever neither treats
    people nor oversees privacy; `Stale` where it was decided already; `NotThere` where there is none or it is closed to
    the reader.
    """
    row = _own(Withholding, withholding, by)
    if not (by.may("care") or by.may("oversee")):
        raise NotAllowed("A clinician or the privacy lead decides about this.")
    check_reviewer(by.actor, own=frozenset({row.author, row.written_by, *_deciders(row.about)}))
    state = Review.UPHELD if upheld else Review.NOT_UPHELD
    if not Withholding.objects.filter(pk=row.pk, state=Review.OPEN).update(state=state):
        raise Stale("Somebody has already decided about this. Nothing was saved.")
    WithholdingReview.objects.create(withholding=row, state=state, by=by.actor)
    tasks.close(room=ROOM, about=row.pk, outcome=state.value, by=by)
    if not upheld:
        _let_go(row.about, by)
    access.log(by=by, act="safety.review_withheld", subject=row.pk, about=[row.registration_id], detail={"as": state})
    return row.about


def _deciders(entry: str) -> Iterator[str]:
    """Who decided that something be told, where the entry says so: it is theirs as much as its author's."""
    yield from DisclosureWithoutConsent.objects.filter(pk=entry).values_list("decided_by", flat=True)


def _let_go(entry: str, by: Access) -> None:
    for rows in (
        DisclosureWithoutConsent.objects.filter(pk=entry),
        DisclosedWords.objects.filter(disclosure=entry),
        ReceivedDisclosure.objects.filter(pk=entry),
        BrokenGlass.objects.filter(pk=entry),
    ):
        for row in rows:
            hold(row=row, mask=0, by=by)
