"""Asking, accepting, clarifying, answering, replying and closing; and what returns when sharing ends."""

from collections.abc import Sequence

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.consultation import rules
from alongside.consultation.actions import moving
from alongside.consultation.models import (
    AdviceReply,
    Answer,
    Clarification,
    Consultation,
    Learning,
    Question,
)
from alongside.consultation.rules import NEEDS, Reply, Side, State
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotAllowed
from alongside.organisations import queries as organisations
from alongside.people import queries as people


@transaction.atomic
def ask(
    *,
    registration: str,
    answering_service: str,
    text: str,
    by: Access,
    urgency: str = "routine",
    answering_team: str = "",
    submission: str = "",
) -> str:
    """Ask another service's team about a person of one's own; returns the consultation's id.

    `registration` is the asker's service's. The answering service must be linked to the person, and the person must
    have agreed that it may read questions; `NotAllowed` says which is missing. Without `answering_team` its intake
    team is asked. The clock of the agreement starts now, in the answering service's opening hours.
    """
    by.check_may("consult")
    allowed.require_own(by, registration, "consultation")
    there = _registration_there(registration, answering_service, by)
    access.lock(registrations=[registration, there], by=by)
    access.refuse_repeat(model=Question, submission=submission, said=moving.SENT, by=by, of="consultation")
    row = Consultation(
        asking_service=by.service,
        asking_registration=registration,
        asked_by=by.actor,
        answering_service=answering_service,
        answering_registration=there,
        answering_team=_team(answering_service, answering_team, by),
        urgency=rules.check_urgency(urgency),
        asked_at=clock.now(),
    )
    written = rules.check_text("text", text, "Write your question.")
    moving.start(row, by, named=bool(answering_team))
    Question.objects.create(**_side(row, Side.ASKING, by), text=written, submission=submission or None)
    _log(row, "ask", by, both=True)
    return row.pk


def _registration_there(registration: str, service: str, by: Access) -> str:
    if service == by.service:
        raise Invalid("answering_service", "Choose another service than your own.")
    linked = people.joined(registration, access=by)
    there = people.own_of(linked, access=Access.system("consultation", service=service))
    if there is None:
        raise NotAllowed("The two services are not linked for this person yet. Send a referral first.")
    return there


def _team(service: str, team: str, by: Access) -> str:
    if not team:
        return organisations.intake_team(service, access=by)
    if team not in {colleague.team for colleague in organisations.colleagues(service, access=by, act="consult")}:
        raise Invalid("answering_team", "Nobody in that team can answer questions now. Choose another team.")
    return team


def _side(row: Consultation, side: Side, by: Access) -> dict[str, object]:
    """The columns of a record about this consultation in the record of one side."""
    asking = side is Side.ASKING
    return {
        "registration_id": row.asking_registration if asking else row.answering_registration,
        "service": row.asking_service if asking else row.answering_service,
        "needs": NEEDS,
        "author": by.actor,
        "occurred_at": clock.now(),
        "consultation": row,
    }


def _log(row: Consultation, act: str, by: Access, *, both: bool = False) -> None:
    own = row.asking_registration if by.service == row.asking_service else row.answering_registration
    about = [row.asking_registration, row.answering_registration] if both else [own]
    access.log(by=by, act=f"consultation.{act}", subject=row.pk, about=about, detail={"state": row.state})


@transaction.atomic
def accept(*, consultation: str, version: int, by: Access, practitioner: str = "") -> None:
    """A practitioner of the answering service (oneself unless named) takes the question; the due time stays.

    From here the asker may read what the answering side writes about it, if the person agreed: else `NotAllowed`.
    """
    row = moving.locked(consultation, Side.ANSWERING, version, by)
    row.answerer = _answerer(row, practitioner or by.actor, by)
    moving.open_answers(row, by)
    moving.move(row, State.ACCEPTED, Side.ANSWERING, by)
    _log(row, "accept", by)


def _answerer(row: Consultation, practitioner: str, by: Access) -> str:
    if practitioner != by.actor:
        there = organisations.colleagues(row.answering_service, access=by, act="consult")
        if (practitioner, row.answering_team) not in {(colleague.id, colleague.team) for colleague in there}:
            raise Invalid("practitioner", "Choose somebody of the team that was asked.")
        if not moving.reads_question(row, practitioner):
            raise Invalid("practitioner", "Choose somebody else of the team that was asked.")
    return practitioner


@transaction.atomic
def redirect(*, consultation: str, team: str, version: int, by: Access) -> None:
    """Pass a question to another team of the service that was asked, or back to the whole team. The clock runs on."""
    row = moving.locked(consultation, Side.ANSWERING, version, by)
    if team == row.answering_team and not row.answerer:
        raise Invalid("answering_team", "That team has the question already.")
    moving.close_question(row, by)
    row.answering_team, row.answerer = _team(row.answering_service, team, by), ""
    moving.move(row, State.REDIRECTED, Side.ANSWERING, by)
    moving.open_question(row, by, named=True)
    _log(row, "redirect", by)


@transaction.atomic
def ask_back(*, consultation: str, text: str, version: int, by: Access, submission: str = "") -> str:
    """Ask the asker to make something clearer; returns its id. The clock stands still until they do."""
    row = moving.locked(consultation, Side.ANSWERING, version, by, repeat=(Clarification, submission))
    written = rules.check_text("text", text, "Write what you need to know before you can answer.")
    moving.check_heard(row, row.opens_answers, by)
    row.paused_at = clock.now()
    moving.move(row, State.CLARIFYING, Side.ANSWERING, by)
    made = _say(row, Side.ANSWERING, written, submission, by)
    _log(row, "ask_back", by)
    return made


@transaction.atomic
def clarify(*, consultation: str, text: str, version: int, by: Access, submission: str = "") -> str:
    """Say what was unclear. The open time that was left to answer in runs on; returns the id of what was said."""
    row = moving.locked(consultation, Side.ASKING, version, by, repeat=(Clarification, submission))
    written = rules.check_text("text", text, "Write what they asked for.")
    moving.resume(row, by)
    moving.move(row, State.ACCEPTED, Side.ASKING, by)
    made = _say(row, Side.ASKING, written, submission, by)
    _log(row, "clarify", by)
    return made


def _say(row: Consultation, side: Side, text: str, submission: str, by: Access) -> str:
    said = Clarification.objects.create(
        **_side(row, side, by), text=text, asked_back=side is Side.ANSWERING, submission=submission or None
    )
    other = row.asking_registration if side is Side.ANSWERING else row.answering_registration
    access.copied_from(record=said.pk, registration=other, needs=NEEDS, occurred_at=row.asked_at, by=by)
    return said.pk


@transaction.atomic
def answer(
    *,
    consultation: str,
    recommendations: Sequence[str],
    version: int,
    by: Access,
    text: str = "",
    submission: str = "",
) -> str:
    """Answer with recommendations, numbered from 1 in the order given; returns the answer's id.

    It stands in the answering service's own record, and goes on answering to the question it was made from.
    """
    row = moving.locked(consultation, Side.ANSWERING, version, by, repeat=(Answer, submission))
    written = rules.check_recommendations(recommendations)
    moving.check_heard(row, row.opens_answers, by)
    row.answered_at = row.answered_at or clock.now()
    moving.move(row, State.ANSWERED, Side.ANSWERING, by)
    made = Answer.objects.create(
        **_side(row, Side.ANSWERING, by), text=text.strip(), recommendations=written, submission=submission or None
    )
    access.copied_from(
        record=made.pk, registration=row.asking_registration, needs=NEEDS, occurred_at=row.asked_at, by=by
    )
    _log(row, "answer", by)
    return made.pk


@transaction.atomic
def reply(*, consultation: str, replies: Sequence[Reply], by: Access) -> list[str]:
    """Say what became of recommendations, some or all; returns the ids of the replies.

    Each keeps the words it replies to. Raises `Several` naming each reply (`reply_1`, …) that is wrong.
    """
    row = moving.locked(consultation, Side.ASKING, None, by)
    if row.state != State.ANSWERED:
        raise NotAllowed("There is no answer to reply to at the moment.")
    given = _answer(row, by)
    before = set(AdviceReply.objects.filter(answer=given).values_list("number", flat=True))
    rules.check_replies(replies, len(given.recommendations), before)
    made = [_reply(row, given, one, by) for one in replies]
    _log(row, "reply", by)
    return made


def _answer(row: Consultation, by: Access) -> Answer:
    return allowed.visible(by, Answer.objects.filter(consultation=row)).latest("recorded_at")


def _reply(row: Consultation, given: Answer, reply: Reply, by: Access) -> str:
    made = AdviceReply.objects.create(
        **_side(row, Side.ASKING, by),
        answer=given,
        number=reply.number,
        recommendation=given.recommendations[reply.number - 1],
        verdict=reply.verdict,
        why=reply.why.strip(),
    )
    access.copied_from(
        record=made.pk, registration=given.registration_id, needs=NEEDS, occurred_at=given.occurred_at, by=by
    )
    return made.pk


@transaction.atomic
def close(*, consultation: str, outcome: str, version: int, by: Access, learnt: str = "") -> None:
    """The asker says whether it helped and what was learnt; nobody holds it any more.

    Every recommendation needs its reply first. Both sides may read the thread for as long as the agreement says.
    """
    row = moving.locked(consultation, Side.ASKING, version, by)
    helped = rules.check_outcome(outcome)
    rules.check_move(State(row.state), State.CLOSED, Side.ASKING)
    given = _answer(row, by)
    if AdviceReply.objects.filter(answer=given).count() < len(given.recommendations):
        raise Invalid("replies", "Say what became of each recommendation first.")
    row.closed_at = clock.now()
    moving.move(row, State.CLOSED, Side.ASKING, by)
    Learning.objects.create(**_side(row, Side.ASKING, by), outcome=helped, learnt=learnt.strip())
    moving.fade(row, by)
    _log(row, "close", by)


@transaction.atomic
def withdraw(*, consultation: str, version: int, by: Access) -> None:
    """The asker no longer needs an answer. The other team can no longer open the question."""
    row = moving.locked(consultation, Side.ASKING, version, by)
    row.closed_at = clock.now()
    moving.move(row, State.WITHDRAWN, Side.ASKING, by)
    moving.forget(row, by)
    _log(row, "withdraw", by)


@transaction.atomic
def hand_back(*, consultation: str, version: int, by: Access) -> None:
    """The answering team cannot answer this: it returns to the asker, who decides what to do instead."""
    row = moving.locked(consultation, Side.ANSWERING, version, by)
    moving.move(row, State.RETURNED, Side.ANSWERING, by)
    _log(row, "hand_back", by)


@transaction.atomic
def reroute(*, registration: str, by: Access) -> None:
    """Put right what a change of sharing from `registration` touched: called by `sharing`, in its transaction.

    A question the other team can no longer read returns to the asker, and one that whoever took it can no longer read
    to their team. An answer or a request to clarify that the
    asker can no longer read returns to whoever wrote it. Neither recipient is told why.
    """
    for row in moving.open_about(registration):
        to = moving.returns_to(row, registration, by)
        if to is not None:
            moving.resume(row, by)
            moving.move(row, to, Side.SHARING, by)
            access.log(by=by, act="consultation.reroute", subject=row.pk, about=[registration])
        elif row.answerer and not moving.reads_question(row, row.answerer):
            moving.back_to_team(row, by)
            access.log(by=by, act="consultation.reroute", subject=row.pk, about=[registration])
