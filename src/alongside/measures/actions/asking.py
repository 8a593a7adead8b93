"""Asking somebody to answer by themselves, and taking that back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.definitions import policy
from alongside.definitions.instruments import Instrument, instrument
from alongside.journey import queries as journey
from alongside.kernel import clock, links
from alongside.kernel.errors import Invalid, NotThere, Stale
from alongside.kernel.language import later
from alongside.measures import rules
from alongside.measures.models import Ask, AskLink, Draft
from alongside.measures.rules import asking
from alongside.measures.rules.asking import Standing
from alongside.people import queries as people
from alongside.post import actions as post

ASKED = later("This was already asked. It was not asked again.")
KIND = "ask"  # of the message that carries the first link


@transaction.atomic
def ask(*, registration: str, instruments: Sequence[str], channel: str, by: Access, submission: str = "") -> str:
    """Ask somebody of the reader's own service to answer instruments (keys) from a link; returns the ask's id.

    The link goes by `channel` (email or sms) with the next round of messages, and works for a week.

    Raises `Invalid` naming `instruments` (cannot be answered from a link, or is asked already) or `channel` (may not be
    written to that way), `Duplicate` for the same submission again, `NotThere` for another service's registration.
    """
    by.check_may("care")
    kinds = tuple(dict.fromkeys(rules.category(one) for one in _known(instruments)))
    anchor = allowed.require_own(by, registration, *kinds)
    access.refuse_repeat(model=Ask, submission=submission, said=ASKED, by=by)
    language = people.speaks(registration, access=by)
    measures = asking.check_asking(instruments, language, by.jurisdiction)
    _check_open_ones(anchor, measures)
    _check_address()
    post.check_channel(registration=registration, channel=channel, by=by)
    row = _made(anchor, measures, language, channel, policy.categories_mask(*kinds), by, submission)
    post.queue(anchor=anchor, kind=KIND, channel=channel, about=row.pk, needs=row.needs, by=by)
    access.log(by=by, act="measures.ask", subject=row.pk, about=[registration], detail={"by": channel})
    return row.pk


def _known(keys: Sequence[str]) -> tuple[Instrument, ...]:
    """The kinds of information must be known before the record is asked for: refused alike for everybody's record."""
    return tuple(instrument(key) for key in keys)


def _check_address() -> None:
    if not settings.ADDRESS:
        raise Invalid("channel", "No link can be sent from here yet. Ask whoever runs Alongside to set its address.")


def _check_open_ones(anchor: Anchor, measures: Sequence[Instrument]) -> None:
    rows = Ask.objects.filter(registration=anchor, state=Standing.OPEN, superseded_by="", expires_at__gt=clock.now())
    waiting = {key for row in rows.filter(tries__lt=asking.TRIES) for key in row.instruments}
    for one in measures:
        if one.key in waiting:
            raise Invalid(
                "instruments",
                "{name} was asked already and waits for an answer. Take that back first, or leave it out.",
                name=one.name,
            )


def _made(
    anchor: Anchor,
    measures: Sequence[Instrument],
    language: str,
    channel: str,
    needs: int,
    by: Access,
    submission: str,
) -> Ask:
    episode = journey.open_episode(anchor.pk, access=by)
    try:
        return Ask.objects.create(
            registration=anchor,
            service=anchor.service,
            needs=needs,
            author=by.actor,
            occurred_at=clock.now(),
            instruments=[one.key for one in measures],
            language=language,
            episode=episode.id if episode else "",
            channel=channel,
            state=Standing.OPEN,
            expires_at=clock.now() + asking.OPEN_FOR,
            submission=submission or None,
        )
    except IntegrityError:  # the same form came twice at one moment
        raise Stale("This was already asked. It was not asked again.") from None


@transaction.atomic
def withdraw_ask(*, ask: str, by: Access) -> None:
    """Take an ask back: its links open nothing any more, and what was answered and not sent is forgotten.

    Raises `Stale` where it was answered or taken back meanwhile, `NotThere` where there is none.
    """
    by.check_may("care")
    row = Ask.objects.select_for_update().filter(pk=ask, service=by.service, superseded_by="").first()
    if row is None:
        raise NotThere()
    allowed.require_own(by, row.registration_id, *policy.category_keys(row.needs))
    if row.state != Standing.OPEN:
        raise Stale("This was answered or taken back a moment ago. Look at it again.")
    Ask.objects.filter(pk=ask).update(state=Standing.WITHDRAWN, closed_at=clock.now())
    Draft.objects.filter(ask=ask).delete()
    post.drop(about=ask, by=by)
    access.log(by=by, act="measures.withdraw_ask", subject=ask, about=[row.registration_id])


@dataclass(frozen=True, slots=True)
class Link:
    """A link as a message carries it: never written down here. `service` may be named only where the person said so."""

    token: str
    expires_at: datetime
    service: str


@transaction.atomic
def link(*, asked: str, by: Access) -> Link | None:
    """A fresh link to an ask, for the message that is being written; None where nothing is left to answer."""
    row = Ask.objects.filter(pk=asked, superseded_by="").first()
    if row is None or stands(row) is not Standing.OPEN:
        return None
    token = links.new_token()
    AskLink.objects.create(ask=row, digest=links.digest(token))
    return Link(token, row.expires_at, row.service)


def stands(row: Ask) -> Standing:
    return asking.standing(row.state, row.tries, row.expires_at, clock.now())


@transaction.atomic
def forget_drafts(*, by: Access) -> int:
    """What was answered and never sent goes when its link has ended; returns how many answers that were."""
    ended = Ask.objects.filter(state=Standing.OPEN, expires_at__lte=clock.now())
    return Draft.objects.filter(ask__in=ended.values("pk")).delete()[0]
