"""Registrations and links. A person is only a point that registrations share once somebody linked them."""

from django.db import models

from alongside.access.models import Record, TypedIdField, reference
from alongside.kernel import clock
from alongside.kernel.periods import FOR_EVER


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
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["service", "search_name"], name="registration_find"),
            models.Index(fields=["service", "nhs_number"], name="registration_number"),
        ]


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
