"""Screenings as pages show them: one person's, the cascade of a service, and what a questionnaire suggests."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.definitions import screening as content
from alongside.definitions.instruments import Whose
from alongside.measures import queries as measures
from alongside.measures.queries import Result
from alongside.measures.rules import version_of
from alongside.screening import rules
from alongside.screening.models import Screening, ScreeningStatus
from alongside.screening.rules import OPEN, Cascade, State


@dataclass(frozen=True, slots=True)
class Step:
    """One state a screening came to: when, by whom, what was said, and the referral or question that started."""

    state: State
    at: datetime
    by: str
    words: str
    thing: str


@dataclass(frozen=True, slots=True)
class Screened:
    """Somebody was asked about one topic, and what followed. `steps` are the oldest first; the first is what was found.
    `stands` is false where it was put right."""

    id: str
    registration: str
    service: str
    topic: str
    state: State
    at: datetime
    author: str
    response: str
    steps: tuple[Step, ...]
    stands: bool

    @property
    def open(self) -> bool:
        return self.state in OPEN


def screenings(registrations: Sequence[str], *, access: Access) -> list[Screened]:
    """Every screening of these registrations that the reader may see, the newest first: of the other service's only
    those of kinds that the person opened."""
    rows = Screening.objects.filter(registration__in=registrations)
    return _screened(allowed.show(access, rows.order_by("-occurred_at", "-recorded_at", "-pk")))


def screening(screening: str, *, access: Access) -> Screened:
    """One screening of the reader's own service, also one that was put right (`stands` is false), so that nobody loses
    what they were writing; `NotThere` where there is none or it is closed to the reader."""
    rows = Screening.objects.filter(pk=screening, service=access.service)
    [found] = _screened([allowed.show_one_with_superseded(access, rows)])
    return found


def _screened(rows: Iterable[Screening]) -> list[Screened]:
    shown = list(rows)
    steps: dict[str, list[Step]] = {row.pk: [] for row in shown}
    for one in ScreeningStatus.objects.filter(screening__in=list(steps)).order_by("at", "pk"):
        steps[one.screening_id].append(Step(State(one.state), one.at, one.by, one.words, one.thing))
    return [
        Screened(
            id=row.pk,
            registration=row.registration_id,
            service=row.service,
            topic=row.topic,
            state=State(row.state),
            at=row.occurred_at,
            author=row.author,
            response=row.response,
            steps=tuple(steps[row.pk]),
            stands=not row.superseded_by,
        )
        for row in shown
    ]


@dataclass(frozen=True, slots=True)
class Taken:
    """A questionnaire about a topic that was answered. `suggests` says whether its own cut-off is reached; None where
    it has none for this person, or too little was answered. `checked`: whether that cut-off was."""

    topic: str
    registration: str
    service: str
    response: str
    instrument: str
    value: Decimal | None
    at: datetime
    suggests: bool | None
    checked: bool


def taken(registrations: Sequence[str], whose: Whose, *, access: Access) -> list[Taken]:
    """What was answered about any topic that the reader may see, the newest first. `whose` is the person as far as they
    are known, where the reader's service is: cut-offs differ by it, and each answer brings its own language version."""
    results = measures.results(registrations, access=access)
    return [
        _taken(topic, one, answered_by, replace(whose, language=version_of(one.context.language) or None))
        for one in results
        for topic in content.topics().values()
        if (answered_by := rules.answers(topic, one.instrument, whose.jurisdiction))
    ]


def _taken(topic: content.Topic, one: Result, answered_by: content.AnsweredBy, whose: Whose) -> Taken:
    suggests = rules.suggests(answered_by, one.value, one.parts, whose)
    return Taken(
        topic=topic.key,
        registration=one.registration,
        service=one.service,
        response=one.id,
        instrument=one.instrument,
        value=one.value,
        at=one.at,
        suggests=suggests,
        checked=rules.is_checked(answered_by, whose.jurisdiction),
    )


def cascade(since: datetime, *, access: Access) -> dict[str, Cascade]:
    """By topic, how many people of the reader's service came how far since an instant, as far as they may see them.

    Numbers for a service's own list, exact; a published figure is another matter, and has its own door.
    """
    rows = Screening.objects.filter(service=access.service, occurred_at__gte=since)
    seen = allowed.visible(access, rows).values_list("pk", "topic", "registration", "state")
    been: dict[str, set[str]] = defaultdict(set)
    steps = ScreeningStatus.objects.filter(screening__in=allowed.visible(access, rows).values("pk"))
    for screening_id, state in steps.values_list("screening", "state"):
        been[screening_id].add(state)
    found = list(seen)
    return rules.cascades(
        ((topic, person, been[pk]) for pk, topic, person, _state in found),
        ((topic, person) for _pk, topic, person, state in found if state in OPEN),
    )


def open_things(*, access: Access) -> list[str]:
    """Screenings that somebody holds, by id, for the continuity check: each must have exactly one open task."""
    rows = Screening.objects.filter(state__in=OPEN, superseded_by="")
    return list(rows.values_list("pk", flat=True).order_by("pk"))
