"""A task that is owed now about a copy answers to whatever the copy answers to."""

from django.db import migrations


def fill(apps, _schema) -> None:
    sources = apps.get_model("alongside_access", "Source").objects
    tasks = apps.get_model("alongside_tasks", "Task").objects
    owed = tasks.filter(closed_at=None, about__in=sources.values("record"))
    made = [
        sources.model(record=key, registration_id=one.registration_id, needs=one.needs, occurred_at=one.occurred_at)
        for key, about, registration in owed.order_by("pk").values_list("pk", "about", "registration_id")
        for one in sources.filter(record=about).exclude(registration_id=registration).order_by("pk")
    ]
    sources.bulk_create(made)


class Migration(migrations.Migration):
    dependencies = [("alongside_access", "0005_same_human"), ("alongside_tasks", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
