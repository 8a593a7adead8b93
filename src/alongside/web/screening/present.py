"""One person's screening in words: a row a topic, what comes next on it, and what the other service knows already."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.definitions import screening as content
from alongside.definitions.instruments import instrument
from alongside.kernel.clock import LONDON
from alongside.kernel.language import civil
from alongside.screening import rules
from alongside.screening.queries import Screened, Taken
from alongside.screening.queries import Step as Taking
from alongside.screening.rules import State
from alongside.web.naming import who
from alongside.web.screening import words
from alongside.web.screening.reading import Read
from alongside.web.ways import way
from alongside.web.words import number


@dataclass(frozen=True, slots=True)
class Line:
    """One step in words; `href` leads to the referral or question that it started with."""

    said: str
    words: str
    who: str
    at: datetime
    href: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """A questionnaire that was answered here since: what it came to, and the answer it suggests (empty: none)."""

    said: str
    at: datetime
    found: str
    unchecked: bool
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """One topic as the page shows it. `doubt`: what was found rests on a questionnaire that was put right since."""

    key: str
    name: str
    asks: str
    state: str
    tone: str
    lines: tuple[Line, ...]
    earlier: tuple[Line, ...]
    elsewhere: tuple[str, ...]
    doubt: bool
    suggested: Suggested | None
    instruments: tuple[tuple[str, str], ...]  # (name, address)
    due: datetime | None
    holder: str
    next_href: str
    next_words: str
    correct: str
    wrong: str


def rows(found: Read, known: Mapping[str, str], own: str, access: Access) -> list[Row]:
    """A row for each topic that this service asks everybody about, and for each that somebody was asked about."""
    asked = [one.topic for one in (*found.own, *found.others)]
    return [_row(key, found, known, own, access) for key in dict.fromkeys([*found.asks, *asked])]


def _row(key: str, found: Read, known: Mapping[str, str], own: str, access: Access) -> Row:
    mine = [one for one in found.own if one.topic == key]
    newest = mine[0] if mine else None
    fresh = key in found.to_ask and not (newest and newest.open)
    now = None if fresh else newest
    earlier = mine[1:] if now else mine
    topic = content.topics().get(key)
    owed = found.owed.get(now.id) if now else None
    return Row(
        key=key,
        name=words.topic(key),
        asks=_(topic.asks) if topic and (fresh or now is None) else "",
        state=_state(now, fresh, own),
        tone=words.tone(now.state) if now else "blue" if fresh else "grey",
        lines=lines(now.steps, known, access) if now else (),
        earlier=tuple(line for one in earlier for line in reversed(lines(one.steps, known, access))),
        elsewhere=tuple(_elsewhere(key, found, known, own)),
        doubt=bool(now and now.response and now.response not in {one.response for one in found.taken}),
        suggested=_suggested(key, found, newest, own, access) if key in found.asks else None,
        instruments=_instruments(key, own, access) if key in found.asks else (),
        due=owed.due_at if owed else None,
        holder=who(owed.holder, known, access) if owed else "",
        next_href=way("screening-next", now.id, access=access) if now and now.open else "",
        next_words=str(words.NEXT[now.state]) if now and now.open else "",
        correct=way("screening-correct", now.id, access=access) if now else "",
        wrong=way("screening-wrong-person", now.id, access=access) if now else "",
    )


def _state(now: Screened | None, fresh: bool, own: str) -> str:
    if now:
        return str(words.STATES[now.state])
    return _("Not asked yet in this stay") if fresh else _("Not asked here") if own else ""


def lines(steps: Sequence[Taking], known: Mapping[str, str], access: Access) -> tuple[Line, ...]:
    return tuple(
        Line(str(words.STEPS[one.state]), one.words, who(one.by, known, access), one.at, _where(one.thing, access))
        for one in steps
    )


def _where(thing: str, access: Access) -> str:
    """Where what started is read: a question has a page of its own, a referral that was sent stands in a list."""
    if thing.startswith("cst_"):
        return way("consultation", thing, access=access)
    return way("referrals-sent", access=access) if thing else ""


def _elsewhere(key: str, found: Read, known: Mapping[str, str], own: str) -> Iterator[str]:
    """What the other service asked already, as far as the person opened it: its last answer and last questionnaire."""
    for one in found.others:
        if one.topic == key:
            said = words.STEPS[one.steps[0].state] if one.steps else words.STATES[one.state]
            yield _("%(service)s, %(day)s. %(said)s.") % {
                "service": known.get(one.service, _("The other service")),
                "day": _day(one.at),
                "said": said,
            }
            break
    for taken in found.taken:
        if taken.topic == key and taken.registration != own:
            yield _("%(service)s, %(day)s. %(said)s.") % {
                "service": known.get(taken.service, _("The other service")),
                "day": _day(taken.at),
                "said": said_of(taken),
            }
            break


def _day(at: datetime) -> str:
    return civil(at.astimezone(LONDON).date())


def said_of(taken: Taken) -> str:
    """A questionnaire and what it came to: `AUDIT-C 7`."""
    measure = instrument(taken.instrument)
    return measure.name if taken.value is None else f"{measure.name} {number(taken.value)}"


def suggestion(taken: Taken) -> str:
    """The answer that a questionnaire suggests; empty where its cut-off says nothing."""
    if taken.suggests is None:
        return ""
    return State.POSITIVE if taken.suggests else State.NEGATIVE


def _suggested(key: str, found: Read, newest: Screened | None, own: str, access: Access) -> Suggested | None:
    """The newest questionnaire of this stay that nobody has recorded: unless a yes stands, which it could only repeat.

    Of one that says no nothing is said where a no stands already.
    """
    mine = (one for one in found.taken if one.topic == key and one.registration == own)
    taken = next(mine, None)
    if taken is None or (found.since and taken.at.astimezone(LONDON).date() < found.since):
        return None
    asked_here = newest is not None and key not in found.to_ask
    if newest and (newest.open or newest.response == taken.response or taken.at <= newest.at):
        return None
    if asked_here and (not taken.suggests or newest.steps[0].state is State.POSITIVE):
        return None
    href = way("screening-suggested", own, key, taken.response, access=access)
    return Suggested(suggests(taken), taken.at, suggestion(taken), not taken.checked, href) if href else None


def suggests(taken: Taken) -> str:
    """What a questionnaire came to and what that says, in a sentence."""
    said = {"taken": said_of(taken)}
    if taken.suggests is None:
        return _("%(taken)s was answered. It has no cut-off here that decides: you say what you found.") % said
    if taken.suggests:
        return _("%(taken)s reaches its cut-off: it suggests yes.") % said
    return _("%(taken)s is below its cut-off: it suggests no.") % said


def _instruments(key: str, own: str, access: Access) -> tuple[tuple[str, str], ...]:
    """The questionnaires that answer a topic and can be entered by question."""
    measures = map(instrument, rules.answering(content.topics()[key], access.jurisdiction))
    entered = ((one.name, way("measures-enter", own, one.key, access=access)) for one in measures if one.by_items)
    return tuple((name, f"{href}?then=screening") for name, href in entered if href)
