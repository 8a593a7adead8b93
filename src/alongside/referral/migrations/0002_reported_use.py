"""What somebody says they drink moves out of the referral into a record that needs its own kind of information.

Whether it was below the threshold is no longer kept with the decision, where it told about the drinking; the threshold
that was in force is.
"""

from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models

import alongside.access.models
import alongside.kernel.clock

USE_PATTERN = 1 << 5
THRESHOLD = Decimal(15)  # the only one there was until now
SAID = ("substance", "days_of_28", "amount", "unit")
SHARED = ("registration_id", "service", "author", "occurred_at", "recorded_at", "superseded_by", "referral_id")
BATCH = 500


def move_out(apps, _schema) -> None:
    """A record for each referral with which something was said."""
    referrals = apps.get_model("alongside_referral", "ReceivedReferral").objects
    reported = apps.get_model("alongside_referral", "ReportedUse")
    said = referrals.exclude(substance="", days_of_28=None, amount=None, unit="")
    rows = said.order_by("pk").values(*SHARED, *SAID).iterator(BATCH)
    reported.objects.bulk_create((reported(needs=USE_PATTERN, **row) for row in rows), batch_size=BATCH)


def move_back(apps, _schema) -> None:
    """The way down: into the referral again, and compared with the threshold where there is a decision."""
    reported = apps.get_model("alongside_referral", "ReportedUse").objects
    referrals = apps.get_model("alongside_referral", "ReceivedReferral").objects
    decisions = apps.get_model("alongside_referral", "Decision").objects
    for row in reported.values("referral_id", *SAID).iterator(BATCH):
        referral = row.pop("referral_id")
        referrals.filter(referral=referral).update(**row)
        if (row["substance"], row["unit"]) == ("alcohol", "units") and row["amount"] is not None:
            for decision in decisions.filter(referral=referral):
                decisions.filter(pk=decision.pk).update(below_threshold=row["amount"] < decision.local_threshold)


class Migration(migrations.Migration):
    dependencies = [
        ("alongside_access", "0002_caseloads_by_service"),
        ("alongside_referral", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportedUse",
            fields=[
                ("service", models.CharField(max_length=24)),
                ("needs", models.BigIntegerField()),
                ("author", models.CharField(blank=True, default="", max_length=24)),
                ("occurred_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(default=alongside.kernel.clock.now)),
                ("superseded_by", models.CharField(blank=True, default="", max_length=24)),
                (
                    "id",
                    alongside.access.models.TypedIdField(
                        editable=False, max_length=24, prefix="rus", primary_key=True, serialize=False
                    ),
                ),
                ("substance", models.CharField(blank=True, max_length=24)),
                ("days_of_28", models.PositiveSmallIntegerField(null=True)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=8, null=True)),
                ("unit", models.CharField(blank=True, max_length=12)),
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reported_use",
                        to="alongside_referral.referral",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alongside_access.anchor"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.AddField(
            model_name="decision",
            name="local_threshold",
            field=models.DecimalField(decimal_places=2, default=THRESHOLD, max_digits=8),
            preserve_default=False,
        ),
        migrations.RunPython(move_out, move_back),
        *(migrations.RemoveField(model_name="receivedreferral", name=name) for name in SAID),
        migrations.RemoveField(model_name="decision", name="below_threshold"),
    ]
