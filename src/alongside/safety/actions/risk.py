"""Opening, joining and closing risk prompts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import NotThere, Stale
from alongside.organisations import queries as organisations
from alongside.safety import rules
from alongside.safety.models import RiskAnswer, RiskPrompt, RiskPromptStatus
from alongside.safety.rules import State, Talk
from alongside.tasks import actions as tasks
from alongside.tasks.rules import Holder

ROOM = "safety"
SAFETY = policy.categories_mask("safety")


@dataclass(frozen=True, slots=True)
class Answered:
    """Answers about self-harm as `measures` hands them on: which response to which instrument, and what was said by
    the key of the question (empty for a paper total). `instead_of` is the response that it puts right, if any."""

    response: str
    instrument: str
    flag: str
    answers: Mapping[str, int]
    at: datetime
    contact: str = ""
    remote: bool = False
    instead_of: str = ""


def answered(*, anchor: Anchor, one: Answered, by: Access) -> str:
    """Open a prompt for the answer, or join the one that is open; returns its id.

    What puts an answer right and is no worse stays with the prompt of that answer, a closed one too: the conversation
    that was had was about it. What is worse than it was is new.

    Only ever inside the action that writes the response, which asked for the registration and logs.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A prompt is opened inside the action that the answer belongs to.")
    prompt = _its_own(anchor, one) or _open_one(anchor, one) or _opened(anchor, one, by)
    RiskAnswer.objects.create(
        prompt=prompt, response=one.response, contact=one.contact, answers=dict(one.answers), at=one.at
    )
    return prompt.pk


def _its_own(anchor: Anchor, one: Answered) -> RiskPrompt | None:
    """The prompt of the answer that it puts right, where it is no worse than that."""
    rows = _standing(anchor, one).filter(response=one.instead_of) if one.instead_of else RiskAnswer.objects.none()
    before = list(rows.select_related("prompt").order_by("-pk"))
    return None if rules.is_rise(one.answers, [row.answers for row in before]) else before[0].prompt


def _open_one(anchor: Anchor, one: Answered) -> RiskPrompt | None:
    """The newest open prompt, where the answer is no worse than what is asked about there."""
    rows = _standing(anchor, one).filter(prompt__state=State.OPEN).select_related("prompt")
    before = list(rows.order_by("-prompt__occurred_at", "-prompt"))
    return None if rules.is_rise(one.answers, [row.answers for row in before]) else before[0].prompt


def _standing(anchor: Anchor, one: Answered) -> QuerySet[RiskAnswer]:
    """Answers to the same, without those that were put right: a slip is nothing to compare with."""
    same = {"registration": anchor, "instrument": one.instrument, "flag": one.flag, "superseded_by": ""}
    return RiskAnswer.objects.filter(superseded_by="", **{f"prompt__{name}": value for name, value in same.items()})


def _opened(anchor: Anchor, one: Answered, by: Access) -> RiskPrompt:
    prompt = RiskPrompt.objects.create(
        registration=anchor,
        service=anchor.service,
        needs=SAFETY,
        author=by.actor,
        occurred_at=one.at,
        instrument=one.instrument,
        flag=one.flag,
        state=State.OPEN,
        remote=one.remote,
    )
    RiskPromptStatus.objects.create(prompt=prompt, state=State.OPEN, by=by.actor)
    _owe(prompt, by)
    return prompt


def _owe(prompt: RiskPrompt, by: Access) -> None:
    """Somebody owes the conversation from the first moment; one that has been had is closed in the same act."""
    now = clock.now()
    due = rules.due_at(now, organisations.hours_of(prompt.service, access=by))
    tasks.open_task(
        room=ROOM,
        about=prompt.pk,
        kind="risk_prompt",
        registration=prompt.registration_id,
        service=prompt.service,
        needs=SAFETY,
        holder=_holder(prompt, due, by),
        due_at=due,
        by=by,
    )


def _holder(prompt: RiskPrompt, due: datetime, by: Access) -> Holder:
    """Whoever gives the answer in gets it if they treat people there; else whoever is on duty, else the team."""
    if not prompt.remote and by.actor and by.service == prompt.service and by.may("care"):
        return Holder(practitioner=by.actor)
    team = organisations.intake_team(prompt.service, access=by)
    on_duty = organisations.on_duty(team, due.date(), access=by)
    return Holder(practitioner=on_duty) if on_duty else Holder(team=team)


def settle(*, anchor: Anchor, talk: Talk, own: Collection[str], by: Access, contact: str = "") -> int:
    """Close the open prompts of a registration that the conversation was about: those that whoever had it knew of
    (`talk.about`) and those of the answers that are handed in with it (`own`); returns how many. One that was opened
    meanwhile stays: nobody has talked about that. `contact` is the entry of the contact that it was had in.

    Only ever inside the action that records the contact it was had in, which asked for the registration and logs.
    """
    said = rules.check_talk(talk)
    known = RiskPrompt.objects.filter(pk__in={*talk.about, *own}, registration=anchor, superseded_by="")
    return sum(_closed(prompt, said, by, contact) for prompt in known.filter(state=State.OPEN).order_by("pk"))


def reopen(*, anchor: Anchor, contact: str, by: Access) -> int:
    """Open again what was closed by a conversation in a contact (its entry) that did not take place, or was with
    somebody else; returns how many. Somebody owes each of them from now on.

    Only ever inside the action that puts the contact right.
    """
    had = RiskPromptStatus.objects.filter(contact=contact, state=State.CLOSED).values("prompt") if contact else []
    closed = RiskPrompt.objects.filter(pk__in=had, registration=anchor, state=State.CLOSED, superseded_by="")
    again = list(closed.order_by("pk"))
    for prompt in again:
        RiskPrompt.objects.filter(pk=prompt.pk).update(state=State.OPEN)
        RiskPromptStatus.objects.create(prompt=prompt, state=State.OPEN, by=by.actor, contact=contact)
        _owe(prompt, by)
    return len(again)


@transaction.atomic
def close(*, prompt: str, talk: Talk, by: Access) -> None:
    """Say what came of the conversation about one prompt of the reader's own service.

    Raises `Invalid` naming `risk_outcome` or `risk_escalated_to`, `Stale` if somebody closed it first, `NotThere` where
    there is none or it is closed to the reader.
    """
    by.check_may("care")
    said = rules.check_talk(talk)
    row = RiskPrompt.objects.filter(pk=prompt, service=by.service, superseded_by="").first()
    if row is None:
        raise NotThere()
    allowed.require_own(by, row.registration_id, "safety")
    if not _closed(row, said, by):
        raise Stale("Somebody has already said what came of this. Look at what they wrote.")
    access.log(by=by, act="safety.close", subject=prompt, about=[row.registration_id], detail={"outcome": said.outcome})


def _closed(prompt: RiskPrompt, talk: Talk, by: Access, contact: str = "") -> bool:
    if not RiskPrompt.objects.filter(pk=prompt.pk, state=State.OPEN).update(state=State.CLOSED):
        return False
    RiskPromptStatus.objects.create(
        prompt=prompt,
        state=State.CLOSED,
        by=by.actor,
        outcome=talk.outcome,
        escalated_to=talk.escalated_to,
        contact=contact,
    )
    tasks.close(room=ROOM, about=prompt.pk, outcome=talk.outcome, by=by)
    return True


def put_right(*, response: str, stands: str, by: Access) -> int:
    """What a response said of self-harm stands no longer: another one (`stands`) took its place; returns how many
    answers that were. No prompt is closed by it: that takes a conversation.

    Only ever inside the action that puts the response right.
    """
    return RiskAnswer.objects.filter(response=response, superseded_by="").update(superseded_by=stands)


def withdraw(*, responses: Collection[str], stands: str, by: Access, taken_on_by: str = "") -> int:
    """Take the prompts of a response out of the record of somebody it was not about; returns how many. `responses` are
    it and all that it put right.

    Only ever inside the action that withdraws the response. A prompt that other answers belong to stays, without these.
    Where nobody has talked about an answer yet, somebody has to take it on (`taken_on_by`, a name, a team or a
    service): raises `Invalid("risk_taken_on_by", …)` where nobody does.
    """
    _hand_on(responses, taken_on_by, by)
    prompts = RiskPrompt.objects.filter(answers__response__in=responses, superseded_by="").exclude(
        pk__in=RiskAnswer.objects.exclude(response__in=responses).values("prompt")
    )
    taken = list(prompts.values_list("pk", flat=True).distinct())
    RiskAnswer.objects.filter(response__in=responses).update(superseded_by=stands)
    for prompt in taken:
        tasks.close(room=ROOM, about=prompt, outcome="wrong_person", by=by)
    return RiskPrompt.objects.filter(pk__in=taken).update(superseded_by=stands)


def _hand_on(responses: Collection[str], to: str, by: Access) -> None:
    waiting = RiskAnswer.objects.filter(
        response__in=responses, superseded_by="", prompt__state=State.OPEN, prompt__superseded_by=""
    )
    prompts = list(waiting.values_list("prompt", flat=True).distinct())
    if prompts:
        name = rules.check_taken_on(to)
        RiskPromptStatus.objects.insert(
            RiskPromptStatus(prompt_id=one, state=State.OPEN, by=by.actor, outcome=rules.TAKEN_OUT, escalated_to=name)
            for one in prompts
        )


def reroute(*, registration: str, by: Access) -> int:
    """Work of this room to move after a consent changed: none. A prompt is held in the service whose person answered,
    whatever that person shares."""
    return 0
