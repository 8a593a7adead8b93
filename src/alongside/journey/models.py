"""Episodes, journeys and who is in the team."""

from django.db import models
from django.db.models import Q

from alongside.access.models import Record, TypedIdField, reference
from alongside.journey.rules import Arm, Part
from alongside.kernel import clock
from alongside.kernel.periods import FOR_EVER


class Journey(models.Model):
    """The spine that joins episodes of two services. It never leaves the database: what is shown is a side's row."""

    PRIVACY = dict.fromkeys(["id", "pathway", "arm", "because", "opened_at", "closed_at", "agreement"], "neither")

    id = TypedIdField("jou")
    pathway = models.CharField(max_length=64)
    agreement = models.CharField(max_length=64)  # the protocol and version the journey runs under, to its end
    arm = models.CharField(max_length=20, choices=[(arm.value, arm.value) for arm in Arm])
    because = reference()  # the referral or the choice that opened it
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(default=FOR_EVER)


class Episode(Record):
    """One person's stay with one service."""

    PRIVACY = Record.RECORD_PRIVACY | dict.fromkeys(
        ["journey", "referral", "team", "practitioner", "received_on", "source", "ended_at", "end_code", "version"],
        "sensitive:team",
    )

    id = TypedIdField("epi")
    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, null=True, related_name="episodes")
    referral = reference(blank=True)
    team = reference()
    practitioner = reference(blank=True)  # empty until somebody of the team takes it
    received_on = models.DateField()
    source = models.CharField(max_length=4, blank=True)  # source of referral, by the national return's code
    ended_at = models.DateTimeField(default=FOR_EVER)
    end_code = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["registration"], condition=Q(ended_at=FOR_EVER), name="one_open_episode_a_registration"
            )
        ]
        indexes = [models.Index(fields=["practitioner", "ended_at"], name="episode_caseload")]


class JourneySide(Record):
    """A journey as one service knows it."""

    PRIVACY = Record.RECORD_PRIVACY | dict.fromkeys(["journey", "arm", "ended_at", "return_route"], "sensitive:team")

    id = TypedIdField("jsi")
    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="sides")
    arm = models.CharField(max_length=20)
    ended_at = models.DateTimeField(default=FOR_EVER)
    return_route = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["journey", "registration"], name="one_side_a_registration")]


class CareTeamMember(Record):
    """Somebody in the team around a person, on the side of their own service."""

    PRIVACY = Record.RECORD_PRIVACY | dict.fromkeys(
        ["journey", "practitioner", "part", "from_at", "until_at"], "sensitive:team"
    )

    id = TypedIdField("mem")
    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="team")
    practitioner = reference()
    part = models.CharField(max_length=8, choices=[(part.value, part.value) for part in Part])
    from_at = models.DateTimeField(default=clock.now)
    until_at = models.DateTimeField(default=FOR_EVER)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["journey"], condition=Q(part=Part.LEAD, until_at=FOR_EVER), name="one_lead_practitioner"
            )
        ]
        indexes = [models.Index(fields=["practitioner", "until_at"], name="member_of")]


class Problem(Record):
    """A problem descriptor: what the treatment is for, in the code the national return uses."""

    PRIVACY = Record.RECORD_PRIVACY | dict.fromkeys(["episode", "code", "primary"], "sensitive:assessment")

    id = TypedIdField("pro")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="problems")
    code = models.CharField(max_length=24)
    primary = models.BooleanField(default=True)
