"""What a referral brought, and the task to look at it where it is owed now, answer to the record it was sent from."""

from django.db import migrations


def fill(apps, _schema) -> None:
    sources = apps.get_model("alongside_access", "Source").objects
    tasks = apps.get_model("alongside_tasks", "Task").objects
    sent = apps.get_model("alongside_referral", "SentReferral").objects.order_by("pk")
    received = [apps.get_model("alongside_referral", name).objects for name in ("ReceivedReferral", "ReportedUse")]
    made = []
    for referral, registration, at in sent.values_list("referral_id", "registration_id", "referral__sent_at"):
        owed = tasks.filter(room="referral", about=referral, kind="triage", closed_at=None)
        there = [rows.filter(referral_id=referral) for rows in received]
        made += [
            sources.model(record=key, registration_id=registration, needs=needs, occurred_at=at)
            for rows in (owed, *there)
            for key, needs in rows.order_by("pk").values_list("pk", "needs")
        ]
    sources.bulk_create(made)


class Migration(migrations.Migration):
    dependencies = [
        ("alongside_access", "0005_same_human"),
        ("alongside_referral", "0004_sealed_words"),
        ("alongside_tasks", "0001_initial"),
    ]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
