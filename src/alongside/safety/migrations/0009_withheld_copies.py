"""A second look at a copy, and the task about it where it is owed now, answer to whatever the copy answers to."""

from django.db import migrations


def fill(apps, _schema) -> None:
    sources = apps.get_model("alongside_access", "Source").objects
    tasks = apps.get_model("alongside_tasks", "Task").objects
    held = apps.get_model("alongside_safety", "Withholding").objects.filter(about__in=sources.values("record"))
    made = []
    for key, about in held.order_by("pk").values_list("pk", "about"):
        records = [key, *tasks.filter(about=key, closed_at=None).values_list("pk", flat=True)]
        for one in list(sources.filter(record=about).order_by("pk")):
            said = {"registration_id": one.registration_id, "needs": one.needs, "occurred_at": one.occurred_at}
            made += [sources.model(record=record, **said) for record in records]
    sources.bulk_create(made)


class Migration(migrations.Migration):
    dependencies = [
        ("alongside_access", "0005_same_human"),
        ("alongside_safety", "0008_who_decided_to_tell"),
        ("alongside_tasks", "0002_answering_for_copies"),  # else it would say the same again of these tasks
    ]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
