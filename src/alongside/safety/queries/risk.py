"""Risk prompts as pages show them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.statements import Listing, Statement
from alongside.kernel.errors import NotThere
from alongside.kernel.ids import is_id
from alongside.safety.rules import State


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt: what was answered and when (the newest last), by which `responses`, and what came of it where it is
    closed. `put_right` are answers that stand no longer: they were a slip, and whether the conversation was had is
    another matter."""

    id: str
    registration: str
    service: str
    instrument: str
    flag: str
    remote: bool
    open: bool
    opened_at: datetime
    answers: tuple[tuple[datetime, dict[str, int]], ...]
    responses: tuple[str, ...]
    outcome: str = ""
    escalated_to: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""
    put_right: tuple[tuple[datetime, dict[str, int]], ...] = ()

    @property
    def answered_at(self) -> datetime:
        """When the newest answer was given that belongs to it; where none stands any more, the one that opened it."""
        return self.answers[-1][0] if self.answers else self.opened_at


# A row for each answer, all of which are shown. One that was opened again has no outcome, so its end is not asked for.
_PROMPTS = Statement(
    """
    SELECT p.registration_id, p.needs, p.id AS prompt, p.service, p.instrument, p.flag, p.state, p.remote,
           p.occurred_at, a.id AS answer, a.at AS answered_at, a.response, CAST(a.answers AS text) AS answers,
           a.superseded_by AS instead, e.outcome, e.escalated_to, e.at AS closed_at, e."by" AS closed_by
    FROM alongside_safety_riskprompt p
    JOIN alongside_safety_riskanswer a ON a.prompt_id = p.id
    LEFT JOIN alongside_safety_riskpromptstatus e ON p.state = 'closed' AND e.id = (
        SELECT MAX(z.id) FROM alongside_safety_riskpromptstatus z WHERE z.prompt_id = p.id AND z.state = 'closed'
    )
    WHERE (p.id IN (%(prompts)s) OR p.registration_id IN (%(registrations)s) AND p.state IN (%(states)s))
          AND {visible:p}
    """,
    registration_id=str,
    needs=int,
    prompt=str,
    service=str,
    instrument=str,
    flag=str,
    state=str,
    remote=bool,
    occurred_at=datetime,
    answer=int,
    answered_at=datetime,
    response=str,
    answers=str,
    instead=str,
    outcome=str,
    escalated_to=str,
    closed_at=datetime,
    closed_by=str,
)


def listing(registrations: Sequence[str], *, access: Access) -> Listing[list[Prompt]]:
    """Every prompt, open and closed, the newest first, as far as the reader may know of safety; to be read beside other
    rooms' lists."""
    asked = {"prompts": [], "registrations": registrations, "states": list(State)}
    return allowed.listing(access, _PROMPTS, _newest_first, **asked)


def prompts(registrations: Sequence[str], *, access: Access) -> list[Prompt]:
    """As `listing`, read."""
    [found] = allowed.read_together(listing(registrations, access=access))
    return found


def open_prompts(registrations: Sequence[str], *, access: Access) -> list[Prompt]:
    """The prompts nobody has closed, the oldest first."""
    asked = {"prompts": [], "registrations": registrations, "states": [State.OPEN]}
    return _newest_first(allowed.listed(access, _PROMPTS, **asked))[::-1]


def prompt(prompt: str, *, access: Access) -> Prompt:
    """One prompt; `NotThere` where there is none or it is closed to the reader."""
    asked = {"prompts": [prompt], "registrations": [], "states": []}
    found = _newest_first(allowed.listed(access, _PROMPTS, **asked))
    if not found:
        raise NotThere()
    return found[0]


_WAITING = Statement(
    """
    SELECT p.registration_id, p.needs, p.id AS prompt, p.occurred_at AS opened_at
    FROM alongside_safety_riskprompt p
    WHERE p.registration_id IN (%(registrations)s) AND p.state = 'open' AND {visible:p}
    """,
    registration_id=str,
    needs=int,
    prompt=str,
    opened_at=datetime,
)


def waiting(registrations: Sequence[str], *, access: Access) -> Listing[dict[str, str]]:
    """The open prompt (its id) that has waited longest, by registration, of those that have one: for lists of people,
    to be read beside other rooms'."""
    return allowed.listing(access, _WAITING, _longest, registrations=registrations)


def _longest(rows: Iterable[Any]) -> dict[str, str]:
    newest_first = sorted(rows, key=lambda row: (row.opened_at, row.prompt), reverse=True)
    return {row.registration_id: row.prompt for row in newest_first}


def _newest_first(rows: Iterable[Any]) -> list[Prompt]:
    """One prompt of each group of rows, whose answers come in no order."""
    given: dict[str, list[Any]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.answered_at, row.answer)):
        given[row.prompt].append(row)
    return sorted(map(_prompt, given.values()), key=lambda one: (one.opened_at, one.id), reverse=True)


def _prompt(rows: Sequence[Any]) -> Prompt:
    row = rows[0]
    standing = [one for one in rows if not one.instead]
    return Prompt(
        id=row.prompt,
        registration=row.registration_id,
        service=row.service,
        instrument=row.instrument,
        flag=row.flag,
        remote=row.remote,
        open=row.state == State.OPEN,
        opened_at=row.occurred_at,
        answers=_given(standing),
        responses=tuple(one.response for one in standing),
        outcome=row.outcome or "",
        escalated_to=row.escalated_to or "",
        closed_at=row.closed_at,
        closed_by=row.closed_by or "",
        put_right=_given(one for one in rows if one.instead and not _strange(one)),
    )


def _strange(one: Any) -> bool:
    """Whether it was about somebody else: a correction stands in its place, and no response."""
    return is_id(one.instead, "cor")


def _given(rows: Iterable[Any]) -> tuple[tuple[datetime, dict[str, int]], ...]:
    return tuple((one.answered_at, json.loads(one.answers)) for one in rows)
