"""Bands are of the whole scale: a total that questions which did not apply have lowered is in none. Scores that are there
already lose theirs, as scoring gives none any more."""

from django.db import migrations


def name_none(apps, schema_editor):
    apps.get_model("alongside_measures", "Score").objects.filter(out_of__isnull=False).exclude(band="").update(band="")


class Migration(migrations.Migration):

    dependencies = [
        ('alongside_measures', '0005_language_versions'),
    ]

    operations = [
        migrations.RunPython(name_none, migrations.RunPython.noop),
    ]
