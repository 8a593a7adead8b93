"""Risk prompts with their answers and states; what was disclosed without consent; entries withheld from the person;
looks in an emergency, a row a side, with their reviews."""

from django.db import models
from django.db.models import Q

from alongside.access.models import Record, TypedIdField, reference
from alongside.access.sealed import Sealed, SealedTextField
from alongside.audit.rows import Rows
from alongside.kernel import clock
from alongside.safety.rules import LONGEST_NAME, Arrival, Review, Reviewing, State, Verdict, Why


class RiskPrompt(Record):
    """Answers that somebody has to talk about."""

    PRIVACY = Record.RECORD_PRIVACY | {
        "instrument": "sensitive:row",
        "flag": "sensitive:row",
        "state": "neither",
        "remote": "neither",
    }

    id = TypedIdField("rpt")
    instrument = models.CharField(max_length=24)
    flag = models.CharField(max_length=24)
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in State])
    remote = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["registration"], condition=Q(state=State.OPEN), name="open_risk_prompts")]


class RiskAnswer(models.Model):
    """One response that belongs to a prompt: the answers that raised it, by the key of their question. Empty where only
    a paper total was entered, which does not say them. `superseded_by` is the response that took the place of its own,
    or the correction that says that it was about somebody else."""

    PRIVACY = dict.fromkeys(["id", "prompt", "response", "contact", "at", "superseded_by"], "neither")
    PRIVACY |= {"answers": "sensitive:safety"}

    prompt = models.ForeignKey(RiskPrompt, on_delete=models.PROTECT, related_name="answers")
    response = reference(db_index=True)
    contact = reference(blank=True, default="")
    answers = models.JSONField(default=dict)
    at = models.DateTimeField()
    superseded_by = reference(blank=True, default="")

    objects = Rows()


class RiskPromptStatus(models.Model):
    """One change of a prompt's state: which, when, by whom, what came of the talk, and the contact (its entry) that it
    was had in, or that turned out not to have been."""

    PRIVACY = dict.fromkeys(["id", "prompt", "state", "at", "by", "contact"], "neither") | dict.fromkeys(
        ["outcome", "escalated_to"], "sensitive:safety"
    )

    prompt = models.ForeignKey(RiskPrompt, on_delete=models.PROTECT, related_name="statuses")
    state = models.CharField(max_length=8)
    at = models.DateTimeField(default=clock.now)
    by = reference(blank=True, default="")
    outcome = models.CharField(max_length=20, blank=True, default="")
    escalated_to = models.CharField(max_length=LONGEST_NAME, blank=True, default="")
    contact = reference(blank=True, default="")

    objects = Rows()


class DisclosureWithoutConsent(Record):
    """That something was told without asking the person: on which basis, which kinds, to whom, how, and whether they
    were told. At `occurred_at`, as `decided_by` decided (empty in rows from before it was asked: then the author did),
    written down by `author`. What was told is a part of its own (`DisclosedWords`)."""

    PRIVACY = Record.RECORD_PRIVACY | dict.fromkeys(
        ["basis", "kinds", "to_service", "to_body", "way", "ground", "papers", "told"], "sensitive:choices"
    )
    PRIVACY |= {"decided_by": "neither", "submission": "neither"}

    id = TypedIdField("dwc")
    basis = models.CharField(max_length=24)
    kinds = models.BigIntegerField()
    to_service = reference(blank=True, default="")
    to_body = models.CharField(max_length=200, blank=True, default="")
    way = models.CharField(max_length=16)
    ground = models.CharField(max_length=200, blank=True, default="")
    papers = models.CharField(max_length=40, blank=True, default="")
    told = models.BooleanField()
    decided_by = reference(blank=True, default="")
    submission = models.CharField(max_length=64, null=True)  # null where no form sent it: nulls may repeat

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "submission"], name="disclosure_submitted_once")]


class DisclosedWords(Record):
    """What was told, and why the person was not: tokens that only a note key opens. It needs all the kinds it tells."""

    PRIVACY = Record.RECORD_PRIVACY | {"disclosure": "neither"} | dict.fromkeys(["shared", "not_told"], "sensitive:row")

    id = TypedIdField("dww")
    disclosure = models.OneToOneField(DisclosureWithoutConsent, on_delete=models.PROTECT, related_name="words")
    shared = Sealed()
    not_told = Sealed(blank=True, default="")


class ReceivedDisclosure(Record):
    """What another service told this one without asking the person: this one's own copy, which stays with it. `shared`
    is a token that only a note key opens."""

    PRIVACY = Record.RECORD_PRIVACY | {"state": "neither"}
    PRIVACY |= dict.fromkeys(["basis", "kinds", "sender_name", "shared", "told"], "sensitive:row")

    id = TypedIdField("drc")
    basis = models.CharField(max_length=24)
    kinds = models.BigIntegerField()
    sender_name = models.CharField(max_length=200, blank=True)
    shared = Sealed()
    told = models.BooleanField()
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in Arrival])


class ReceivedDisclosureStatus(models.Model):
    """One change of state: which, when, by whom."""

    PRIVACY = dict.fromkeys(["id", "received", "state", "at", "by"], "neither")

    received = models.ForeignKey(ReceivedDisclosure, on_delete=models.PROTECT, related_name="statuses")
    state = models.CharField(max_length=8)
    at = models.DateTimeField(default=clock.now)
    by = reference(blank=True, default="")

    objects = Rows()


class Withholding(Record):
    """That an entry is withheld from the person's own view, by `author`, until somebody else decided. `words` is a
    token that only a note key opens."""

    PRIVACY = Record.RECORD_PRIVACY | dict.fromkeys(["about", "written_by", "state"], "neither")
    PRIVACY |= dict.fromkeys(["why", "words"], "sensitive:row")

    id = TypedIdField("wth")
    about = reference(db_index=True)  # the entry
    written_by = reference(blank=True, default="")  # who wrote the entry, or decided what it tells
    why = models.CharField(max_length=16, choices=[(why.value, why.value) for why in Why])
    words = Sealed()
    state = models.CharField(max_length=12, choices=[(state.value, state.value) for state in Review])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["about"], condition=Q(state=Review.OPEN), name="one_open_review_an_entry")
        ]


class WithholdingReview(models.Model):
    """One change of a withholding's state: which, when and by whom."""

    PRIVACY = dict.fromkeys(["id", "withholding", "state", "at", "by"], "neither")

    withholding = models.ForeignKey(Withholding, on_delete=models.PROTECT, related_name="reviews")
    state = models.CharField(max_length=12)
    at = models.DateTimeField(default=clock.now)
    by = reference(blank=True, default="")

    objects = Rows()


class BrokenGlass(Record):
    """Somebody looked in an emergency. One row is the attempt, in the reader's own service, made alike whether anybody
    was found; `attempt` names it in each row that stands in a record that was found. The author is who looked."""

    PRIVACY = (
        Record.RECORD_PRIVACY
        | dict.fromkeys(["attempt", "reader_service", "role", "until_at", "opened", "state", "submission"], "neither")
        | dict.fromkeys(["given_name", "family_name", "birth_date", "nhs_number"], "personal")
        | dict.fromkeys(["reason", "medical_name", "affiliation", "disclosed_by", "nature"], "sensitive:row")
    )

    id = TypedIdField("bgl")
    attempt = reference(db_index=True)
    reader_service = reference()
    role = models.CharField(max_length=32)
    given_name = models.CharField(max_length=80)  # as it was typed, and so for all below
    family_name = models.CharField(max_length=80)
    birth_date = models.DateField()
    nhs_number = models.CharField(max_length=10, blank=True)
    reason = SealedTextField()
    medical_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    affiliation = models.CharField(max_length=LONGEST_NAME, blank=True)
    disclosed_by = models.CharField(max_length=LONGEST_NAME, blank=True)
    nature = SealedTextField(blank=True)
    until_at = models.DateTimeField()
    opened = models.BooleanField()  # whether the record that it stands in was opened by it
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Reviewing])
    submission = reference(blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["author", "until_at"], name="glass_broken_by"),
            models.Index(fields=["service", "occurred_at"], name="glass_broken_at"),
        ]


class GlassReview(models.Model):
    """What somebody found who looked at it afterwards. Never changed: another look at it is another row."""

    PRIVACY = dict.fromkeys(["id", "look", "at", "by", "verdict"], "neither") | {"words": "sensitive:choices"}

    look = models.ForeignKey(BrokenGlass, on_delete=models.PROTECT, related_name="reviews")
    at = models.DateTimeField(default=clock.now)
    by = reference()
    verdict = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Verdict])
    words = SealedTextField(bound_to="look_id")

    objects = Rows()
