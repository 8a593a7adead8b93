"""What is owed now about a question answers to the other side's record, but for one that came back to its asker."""

from django.db import migrations


def fill(apps, _schema) -> None:
    sources = apps.get_model("alongside_access", "Source").objects
    tasks = apps.get_model("alongside_tasks", "Task").objects
    asked = {row.pk: row for row in apps.get_model("alongside_consultation", "Consultation").objects.all()}
    made = []
    for key, about, registration, needs in (
        tasks.filter(room="consultation", closed_at=None)
        .exclude(kind="returned")
        .order_by("pk")
        .values_list("pk", "about", "registration_id", "needs")
    ):
        row = asked[about]
        sides = {row.asking_registration, row.answering_registration} - {registration}
        made += [
            sources.model(record=key, registration_id=other, needs=needs, occurred_at=row.asked_at) for other in sides
        ]
    sources.bulk_create(made)


class Migration(migrations.Migration):
    dependencies = [
        ("alongside_access", "0005_same_human"),
        ("alongside_consultation", "0004_sealed_words"),
        ("alongside_tasks", "0001_initial"),
    ]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
