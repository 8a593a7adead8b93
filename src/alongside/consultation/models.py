"""The spine of a question between two teams, and what each side wrote about it in its own record."""

from django.db import models

from alongside.access.models import Record, TypedIdField, reference
from alongside.access.sealed import SealedListField, SealedTextField
from alongside.audit.rows import Rows
from alongside.consultation.rules import Outcome, State, Urgency, Verdict
from alongside.kernel import clock

TOKEN = 64


def _choices(words) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


def submission() -> models.CharField:
    """The form's random token: sent twice by one author, the second is a repeat. Null, so that none equals none."""
    return models.CharField(max_length=TOKEN, null=True)


def once(name: str) -> list[models.UniqueConstraint]:
    return [models.UniqueConstraint(fields=["author", "submission"], name=name)]


class Consultation(models.Model):
    """The contentless spine: who asked whom and when. It is never shown; a side's records are."""

    PRIVACY = dict.fromkeys(
        [
            "id",
            "asking_service",
            "asking_registration",
            "asked_by",
            "answering_service",
            "answering_registration",
            "answering_team",
            "answerer",
            "agreement",
            "urgency",
            "state",
            "version",
            "asked_at",
            "due_at",
            "paused_at",
            "answered_at",
            "closed_at",
        ],
        "neither",
    )

    id = TypedIdField("cst")
    asking_service = reference()
    asking_registration = reference(db_index=True)
    asked_by = reference(db_index=True)
    answering_service = reference()
    answering_registration = reference(db_index=True)
    answering_team = reference(db_index=True)
    answerer = reference(blank=True, default="")  # empty until somebody accepts
    agreement = models.CharField(max_length=64)  # the protocol whose times it runs under, to its end
    urgency = models.CharField(max_length=8, choices=_choices(Urgency))
    state = models.CharField(max_length=10, choices=_choices(State), default=State.ASKED)
    version = models.PositiveIntegerField(default=1)  # one more at each move, so that a stale form is noticed
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)  # while the asker owes a clarification
    answered_at = models.DateTimeField(null=True)  # the first answer; a later one does not make it quicker
    closed_at = models.DateTimeField(null=True)


class ConsultationStatus(models.Model):
    """One state a question entered. Replayed, they give the spine's current state."""

    PRIVACY = dict.fromkeys(["id", "consultation", "state", "at", "by", "team"], "neither")

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="statuses")
    state = models.CharField(max_length=10, choices=_choices(State))
    at = models.DateTimeField(default=clock.now)
    by = reference(blank=True)
    team = reference()  # the team that was asked at that moment

    objects = Rows()


class Question(Record):
    """What was asked, in the asker's record."""

    PRIVACY = Record.RECORD_PRIVACY | {
        "consultation": "neither",
        "text": "sensitive:consultation",
        "submission": "neither",
    }

    id = TypedIdField("que")
    consultation = models.OneToOneField(Consultation, on_delete=models.PROTECT, related_name="question")
    text = SealedTextField()
    submission = submission()

    class Meta:
        constraints = once("question_sent_once")


class Clarification(Record):
    """What the answering side asked back, or what the asker said to it: each in its author's record."""

    PRIVACY = Record.RECORD_PRIVACY | {
        "consultation": "neither",
        "text": "sensitive:consultation",
        "asked_back": "neither",
        "submission": "neither",
    }

    id = TypedIdField("clr")
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="clarifications")
    text = SealedTextField()
    asked_back = models.BooleanField()
    submission = submission()

    class Meta:
        constraints = once("clarification_sent_once")


class Answer(Record):
    """Numbered recommendations, in the record of the service that gives them; made from the question."""

    PRIVACY = Record.RECORD_PRIVACY | {
        "consultation": "neither",
        "text": "sensitive:consultation",
        "recommendations": "sensitive:consultation",
        "submission": "neither",
    }

    id = TypedIdField("ans")
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="answers")
    text = SealedTextField(blank=True)
    recommendations = SealedListField()  # a list of texts; the number of one is its place, from 1
    submission = submission()

    class Meta:
        constraints = once("answer_sent_once")


class AdviceReply(Record):
    """What the asker did with one recommendation, whose words it keeps: advice received stays in the asker's record."""

    PRIVACY = Record.RECORD_PRIVACY | {
        "consultation": "neither",
        "answer": "neither",
        "number": "neither",
        "recommendation": "sensitive:consultation",
        "verdict": "sensitive:consultation",
        "why": "sensitive:consultation",
    }

    id = TypedIdField("rep")
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="replies")
    # None once the record that held it was erased: what was said to its recommendation, and its words, stay here.
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="replies", null=True)
    number = models.PositiveSmallIntegerField()
    recommendation = SealedTextField()
    verdict = models.CharField(max_length=8, choices=_choices(Verdict))
    why = SealedTextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "number"], name="one_reply_a_recommendation")]


class Learning(Record):
    """Whether asking helped, and what was learnt, in the asker's words."""

    PRIVACY = Record.RECORD_PRIVACY | {
        "consultation": "neither",
        "outcome": "sensitive:consultation",
        "learnt": "sensitive:consultation",
    }

    id = TypedIdField("lea")
    consultation = models.OneToOneField(Consultation, on_delete=models.PROTECT, related_name="learning")
    outcome = models.CharField(max_length=12, choices=_choices(Outcome))
    learnt = SealedTextField(blank=True)
