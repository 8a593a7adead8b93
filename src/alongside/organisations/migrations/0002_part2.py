"""Programmes under 42 CFR Part 2; and access is told of every service that is there, its kind and its country's policy."""

from django.db import migrations, models


def tell_access(apps, schema_editor):
    place = apps.get_model("alongside_access", "Place")
    for service in apps.get_model("alongside_organisations", "Service").objects.all():
        place.objects.create(id=service.pk, kind=service.kind, pack=service.jurisdiction)


class Migration(migrations.Migration):
    dependencies = [
        ("alongside_access", "0003_emergencies_and_places"),
        ("alongside_organisations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(model_name="service", name="part2", field=models.BooleanField(default=False)),
        migrations.RunPython(tell_access, migrations.RunPython.noop),
    ]
