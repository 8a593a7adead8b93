"""The words of each name in a table of their own, for the find box."""

import re

import django.db.models.deletion
from django.db import migrations, models

import alongside.people.models

BATCH = 2_000
WITHIN = re.compile("[-'’]")


def words(name: str) -> list[str]:
    whole = name.split()
    return list(dict.fromkeys([*whole, *(part for word in whole for part in WITHIN.split(word)[1:] if part)]))


def fill(apps, _schema) -> None:
    """The words of everybody who is registered by now."""
    registrations = apps.get_model("alongside_people", "Registration").objects
    name_word = apps.get_model("alongside_people", "NameWord")
    rows = registrations.order_by("pk").values_list("pk", "service", "search_name").iterator(BATCH)
    found = (
        name_word(registration_id=one, service=service, word=word) for one, service, name in rows for word in words(name)
    )
    name_word.objects.bulk_create(found, batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("alongside_people", "0005_looking_on_behalf")]

    operations = [
        migrations.CreateModel(
            name="NameWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("service", models.CharField(max_length=24)),
                ("word", alongside.people.models.BytewiseField(max_length=170)),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="name_words",
                        to="alongside_people.registration",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["service", "word", "registration"], name="name_word_find")],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
