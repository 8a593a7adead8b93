"""Risk prompts as pages show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.kernel.errors import NotThere
from alongside.kernel.ids import is_id
from alongside.safety.models import RiskAnswer, RiskPrompt, RiskPromptStatus
from alongside.safety.rules import State


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt: what was answered and when (the newest last), and what came of it where it is closed. `put_right` are
    answers that stand no longer: they were a slip, and whether the conversation was had is another matter."""

    id: str
    registration: str
    service: str
    instrument: str
    flag: str
    remote: bool
    open: bool
    opened_at: datetime
    answers: tuple[tuple[datetime, dict[str, int]], ...]
    outcome: str = ""
    escalated_to: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""
    put_right: tuple[tuple[datetime, dict[str, int]], ...] = ()


def open_prompts(registrations: Sequence[str], *, access: Access) -> list[Prompt]:
    """The prompts nobody has closed, the oldest first, as far as the reader may know of safety."""
    rows = RiskPrompt.objects.filter(registration__in=registrations, state=State.OPEN)
    return _prompts(allowed.show(access, rows.order_by("occurred_at", "pk")))


def prompts(registrations: Sequence[str], *, access: Access) -> list[Prompt]:
    """Every prompt, the newest first."""
    rows = RiskPrompt.objects.filter(registration__in=registrations)
    return _prompts(allowed.show(access, rows.order_by("-occurred_at", "-pk")))


def prompt(prompt: str, *, access: Access) -> Prompt:
    """One prompt; `NotThere` where there is none or it is closed to the reader."""
    found = _prompts(allowed.show(access, RiskPrompt.objects.filter(pk=prompt)))
    if not found:
        raise NotThere()
    return found[0]


def _prompts(rows: Iterable[RiskPrompt]) -> list[Prompt]:
    shown = {row.pk: row for row in rows}
    given: dict[str, list[RiskAnswer]] = {one: [] for one in shown}
    for one in RiskAnswer.objects.filter(prompt__in=list(given)).order_by("at", "pk"):
        given[one.prompt_id].append(one)
    ended = {one.prompt_id: one for one in RiskPromptStatus.objects.filter(prompt__in=list(given), state=State.CLOSED)}
    return [_prompt(row, given[row.pk], ended.get(row.pk)) for row in shown.values()]


def _prompt(row: RiskPrompt, answers: Sequence[RiskAnswer], end: RiskPromptStatus | None) -> Prompt:
    return Prompt(
        id=row.pk,
        registration=row.registration_id,
        service=row.service,
        instrument=row.instrument,
        flag=row.flag,
        remote=row.remote,
        open=row.state == State.OPEN,
        opened_at=row.occurred_at,
        answers=tuple((one.at, one.answers) for one in answers if not one.superseded_by),
        put_right=tuple((one.at, one.answers) for one in answers if one.superseded_by and not _strange(one)),
        outcome=end.outcome if end else "",
        escalated_to=end.escalated_to if end else "",
        closed_at=end.at if end else None,
        closed_by=end.by if end else "",
    )


def _strange(one: RiskAnswer) -> bool:
    """Whether it was about somebody else: a correction stands in its place, and no response."""
    return is_id(one.superseded_by, "cor")
