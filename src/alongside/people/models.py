"""Registrations, links and corrections. A person is only a point that registrations share once somebody linked them."""

from django.db import models

from alongside.access.models import Record, TypedIdField, reference
from alongside.access.sealed import SealedTextField
from alongside.audit.rows import Rows
from alongside.kernel import clock
from alongside.kernel.periods import FOR_EVER
from alongside.people.rules import Mistake, Proposal, Same


class BytewiseField(models.CharField):
    """Text that sorts by its bytes on both databases, so that whatever begins alike stands together."""

    def db_parameters(self, connection):
        found = super().db_parameters(connection)
        return found | ({"collation": "C"} if connection.vendor == "postgresql" else {})


class Person(models.Model):
    """The human. Has no name: names belong to registrations, and this id is shown to nobody."""

    PRIVACY = {"id": "neither"}

    id = TypedIdField("per")


class Registration(Record):
    """One service's own knowledge of a person. Its id is its anchor's id."""

    PRIVACY = (
        Record.RECORD_PRIVACY
        | dict.fromkeys(
            [
                "given_name",
                "family_name",
                "preferred_name",
                "birth_date",
                "nhs_number",
                "nhs_number_status",
                "sex",
                "gender",
                "pronouns",
                "ethnicity",
                "language",
                "interpreter",
                "access_needs",
                "phone",
                "email",
                "address",
                "deprivation_decile",
                "safe_contact",
                "email_is_safe",
                "text_is_safe",
                "may_name_us",
                "search_name",
            ],
            "personal",
        )
        | {"person": "neither", "version": "neither"}
    )

    id = reference(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="registrations")
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    preferred_name = models.CharField(max_length=80, blank=True)
    search_name = models.CharField(max_length=170)  # folded, for the find box; no index reaches across services
    birth_date = models.DateField()
    nhs_number = models.CharField(max_length=10, blank=True)
    nhs_number_status = models.CharField(max_length=2)
    sex = models.CharField(max_length=16)
    gender = models.CharField(max_length=40, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    ethnicity = models.CharField(max_length=4, blank=True)
    language = models.CharField(max_length=16, default="en")
    interpreter = models.BooleanField(default=False)
    access_needs = models.TextField(blank=True)
    phone = models.CharField(max_length=32, blank=True)
    email = models.EmailField(blank=True)
    address = models.TextField(blank=True)
    deprivation_decile = models.PositiveSmallIntegerField(null=True)
    safe_contact = models.TextField(blank=True)
    email_is_safe = models.BooleanField(default=False)
    text_is_safe = models.BooleanField(default=False)
    may_name_us = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["service", "search_name"], name="registration_find"),
            models.Index(fields=["service", "nhs_number"], name="registration_number"),
            models.Index(fields=["service", "birth_date"], name="registration_born"),
        ]


class NameWord(models.Model):
    """One word of a registration's name, so that the find box begins with the few who are called so."""

    PRIVACY = {"id": "neither", "registration": "neither", "service": "neither", "word": "personal"}

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="name_words")
    service = reference()
    word = BytewiseField(max_length=170)

    objects = Rows()

    class Meta:
        indexes = [models.Index(fields=["service", "word", "registration"], name="name_word_find")]


class Link(models.Model):
    """Two registrations joined by an act of the person. Opens nothing by itself."""

    PRIVACY = dict.fromkeys(["id", "one", "other", "because", "joined_person", "from_at", "until_at"], "neither")

    id = TypedIdField("lnk")
    one = reference(db_index=True)
    other = reference(db_index=True)
    because = reference()  # the referral, consultation or consent that carried it
    joined_person = reference()  # the person `other` had before, put back when the link is undone
    from_at = models.DateTimeField(default=clock.now)
    until_at = models.DateTimeField(default=FOR_EVER)


class Correction(Record):
    """A record that was put right: what replaced it, why, who had seen it by then and who was told.

    It needs whatever the record needed; the record points at it, or at the row that replaced it.
    """

    PRIVACY = Record.RECORD_PRIVACY | {
        "kind": "neither",
        "record": "neither",
        "replacement": "neither",
        "reason": "sensitive:row",
        "seen_by": "sensitive:row",
        "told": "sensitive:row",
        "told_others": "sensitive:row",
    }

    id = TypedIdField("cor")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in Mistake])
    record = reference(db_index=True)
    replacement = reference(blank=True)  # empty for an entry about the wrong person: nothing replaces it here
    reason = SealedTextField()
    seen_by = models.JSONField(default=list)  # the practitioners of any service who had been shown it, at this moment
    told = models.JSONField(default=list)  # those of them who were told
    told_others = models.CharField(max_length=300, blank=True)  # anybody else, in words


class OwnSignIn(Record):
    """The person's own way to one service's record: an invitation, and what it became when they took it up. With
    `proxy` the way of somebody who looks on their behalf.

    `email` is the address that they called safe when they were invited, and what they sign in with.
    """

    PRIVACY = (
        Record.RECORD_PRIVACY
        | {"email": "personal"}
        | dict.fromkeys(["proxy", "user", "tries", "expires_at", "opened_at", "ended_at"], "neither")
    )

    id = TypedIdField("own")
    proxy = reference(blank=True, default="")
    email = models.EmailField()
    user = reference(blank=True, default="", db_index=True)  # of the sign-in; empty until it is taken up
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(default=FOR_EVER)


class Proxy(Record):
    """Somebody who looks on the person's behalf: who, on what basis, at which kinds, and until when at most. Their
    sign-in is an `OwnSignIn`."""

    PRIVACY = (
        Record.RECORD_PRIVACY
        | dict.fromkeys(["name", "born"], "personal")
        | dict.fromkeys(["basis", "agreed", "paper"], "sensitive:row")
        | dict.fromkeys(["kinds", "decides", "until_at"], "neither")
    )

    id = TypedIdField("pxy")
    name = models.CharField(max_length=120)
    born = models.DateField()  # asked for when they open the link: nobody else is likely to know it
    basis = models.CharField(max_length=24)  # a key of `definitions/access/proxies.toml`
    kinds = models.BigIntegerField()
    decides = models.BooleanField()  # whether the person decided by themselves
    agreed = SealedTextField(blank=True)
    paper = SealedTextField(blank=True)
    until_at = models.DateTimeField()


class OwnLink(models.Model):
    """One link to an invitation, as a digest: the link itself is not kept."""

    PRIVACY = dict.fromkeys(["id", "sign_in", "digest", "made_at"], "neither")

    sign_in = models.ForeignKey(OwnSignIn, on_delete=models.PROTECT, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)

    objects = Rows()


class Restriction(Record):
    """Whether a registration is kept to those who hold it by name (a colleague, a public figure): every change is a
    row, and the one that stands is superseded by none."""

    PRIVACY = Record.RECORD_PRIVACY | {
        "restricted": "neither",
        "named": "sensitive:row",
        "keeper": "sensitive:row",
        "reason": "sensitive:row",
    }

    id = TypedIdField("rst")
    restricted = models.BooleanField()
    named = models.JSONField(default=list)  # practitioners, besides whoever treats them
    keeper = reference(blank=True, default="")  # of those, who has what would be a team's
    reason = SealedTextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["registration"], condition=models.Q(superseded_by=""), name="one_restriction_stands"
            )
        ]


class LegalHold(Record):
    """That nothing of a registration may be erased, from a moment on; or (`held` false) that one of those was lifted.
    Every change is a row, and several holds may stand at once."""

    PRIVACY = Record.RECORD_PRIVACY | {"held": "neither", "reason": "sensitive:row"}

    id = TypedIdField("lho")
    held = models.BooleanField()
    reason = SealedTextField()


class ErasureProposal(Record):
    """That somebody proposed to erase a registration, or what became of it; the row that stands is superseded by none.
    One that was agreed to is gone with the registration. `died_on` is the death that it counts from, where it does."""

    PRIVACY = Record.RECORD_PRIVACY | {"state": "neither", "died_on": "sensitive:row", "reason": "sensitive:row"}

    id = TypedIdField("ers")
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Proposal])
    died_on = models.DateField(null=True)
    reason = SealedTextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["registration"], condition=models.Q(superseded_by=""), name="one_proposal_stands"
            )
        ]


class Merge(Record):
    """Two registrations of one service that may be, or are, of the same human. Nothing of either is moved."""

    PRIVACY = Record.RECORD_PRIVACY | {
        "other": "neither",
        "state": "neither",
        "reason": "sensitive:row",
        "decided_by": "neither",
        "confirmed_at": "neither",
        "ended_at": "neither",
        "ended_because": "sensitive:row",
    }

    id = TypedIdField("mrg")
    other = reference(db_index=True)
    state = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Same])
    reason = models.CharField(max_length=300)
    decided_by = reference(blank=True, default="")
    confirmed_at = models.DateTimeField(null=True)  # when the person said that both are theirs
    ended_at = models.DateTimeField(default=FOR_EVER)
    ended_because = models.CharField(max_length=300, blank=True, default="")
