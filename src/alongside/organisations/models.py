"""Services and the people who work in them."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from alongside.access.models import TypedIdField, reference
from alongside.kernel import clock
from alongside.kernel.periods import FOR_EVER
from alongside.organisations import rules
from alongside.organisations.rules import ServiceKind, usual_hours


def neither(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, "neither")


class Partnership(models.Model):
    """The services that run a pathway together."""

    PRIVACY = neither("id", "name", "pathway", "agreement", "intermediary", "made_at")

    id = TypedIdField("par")
    name = models.CharField(max_length=120, unique=True)
    pathway = models.CharField(max_length=64)  # key of the pathway's definition
    agreement = models.CharField(max_length=64)  # key of the protocol's definition
    # The body through which its records pass, where that is neither a programme, a covered entity nor a business
    # associate (42 CFR 2.11); empty where there is none.
    intermediary = models.CharField(max_length=rules.LONGEST_NAME, blank=True, default="")
    made_at = models.DateTimeField(default=clock.now)


class Service(models.Model):
    """An organisation's service with its own duty to keep records."""

    PRIVACY = neither(
        "id", "partnership", "kind", "name", "organisation", "code", "jurisdiction", "phone", "zone", "hours", "part2"
    )

    id = TypedIdField("ser")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="services")
    kind = models.CharField(max_length=24, choices=[(kind.value, kind.value) for kind in ServiceKind])
    name = models.CharField(max_length=120)
    organisation = models.CharField(max_length=120)
    code = models.CharField(max_length=12, blank=True)  # the organisation's ODS or other code
    jurisdiction = models.CharField(max_length=8, default="uk")
    phone = models.CharField(max_length=32, blank=True)
    zone = models.CharField(max_length=40, default="Europe/London")
    hours = models.JSONField(default=usual_hours)
    part2 = models.BooleanField(default=False)  # a programme under 42 CFR Part 2 now; since when is in the ledger

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "name"], name="service_name_in_partnership")]


class Team(models.Model):
    """A team of a service. One of them takes what comes in."""

    PRIVACY = neither("id", "service", "name", "takes_referrals")

    id = TypedIdField("tea")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)
    takes_referrals = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "name"], name="team_name_in_service")]


class Practitioner(models.Model):
    """Somebody who works here. The name is staff data, not a secret of people in treatment."""

    PRIVACY = neither("id", "name", "qualification", "joined_at", "left_at")

    id = TypedIdField("pra")
    name = models.CharField(max_length=120)
    qualification = models.CharField(max_length=60, blank=True)
    joined_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(default=FOR_EVER)


class QualifiedOrganisation(models.Model):
    """A written agreement by which an organisation works for a service that is a programme under 42 CFR Part 2: a
    qualified service organisation (2.11). Ended, never deleted; a new agreement is a new row."""

    PRIVACY = neither("id", "service", "name", "work", "from_at", "until_at", "recorded_by", "recorded_at", "ended_by")

    id = TypedIdField("qso")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="qualified")
    name = models.CharField(max_length=rules.LONGEST_NAME)
    work = models.CharField(max_length=rules.LONGEST_WORK)  # what it does for the service
    from_at = models.DateTimeField()  # the beginning of the day on which it was agreed
    until_at = models.DateTimeField(default=FOR_EVER)
    recorded_by = reference()
    recorded_at = models.DateTimeField(default=clock.now)
    ended_by = reference(blank=True)


class RoleAssignment(models.Model):
    """A practitioner's role in a service, in one team or (team empty) in all of it, for a time; of somebody from
    outside under the agreement by which they work there, and never for longer than it."""

    PRIVACY = neither("id", "practitioner", "service", "team", "role", "under", "from_at", "until_at")

    id = TypedIdField("rol")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="assignments")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="assignments")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="assignments", null=True, blank=True)
    role = models.CharField(max_length=32)
    under = models.ForeignKey(QualifiedOrganisation, on_delete=models.PROTECT, related_name="assignments", null=True)
    from_at = models.DateTimeField(default=clock.now)
    until_at = models.DateTimeField(default=FOR_EVER)


class Cover(models.Model):
    """One practitioner reads and acts for another's caseload while they are away."""

    PRIVACY = neither("id", "absent", "covered_by", "from_at", "until_at")

    id = TypedIdField("cov")
    absent = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="covered")
    covered_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="covering")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()


class Duty(models.Model):
    """Who is on duty for a team on a day."""

    PRIVACY = neither("id", "team", "day", "practitioner")

    id = TypedIdField("dut")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="duties")
    day = models.DateField()
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="duties")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "day"], name="one_on_duty")]


class _Users(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A sign-in. What it may do is decided by its practitioner's role assignments, or where it is no practitioner's by
    the records that are the person's own (`people`), and by nothing else."""

    # What one signs in with is shown to nobody else. Whose record a sign-in opens stands in that record (`people`).
    PRIVACY = neither("id", "email", "password", "last_login", "practitioner", "is_active")

    id = TypedIdField("use")
    email = models.EmailField(unique=True)
    practitioner = models.OneToOneField(Practitioner, on_delete=models.PROTECT, related_name="user", null=True)
    is_active = models.BooleanField(default=True)
    live: Sequence[Any] | None = None  # the roles held when a request came in; None where nobody looked

    objects = _Users()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    is_staff = False
    is_superuser = False
    is_anonymous = False

    def has_perm(self, perm, obj=None) -> bool:
        return False

    def has_module_perms(self, app_label) -> bool:
        return False
