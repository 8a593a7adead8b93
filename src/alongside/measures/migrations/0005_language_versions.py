"""A score says which language version was answered. Scores that are there already take it from their responses."""

from django.db import migrations, models


def take_from_responses(apps, schema_editor):
    """As `measures.rules.version_of` had it when this was written: the language without its dialect, nothing for
    English."""
    response = apps.get_model("alongside_measures", "Response")
    score = apps.get_model("alongside_measures", "Score")
    for written in response.objects.exclude(language="").values_list("language", flat=True).distinct():
        version = written.strip().lower().partition("-")[0]
        if version != "en":
            score.objects.filter(response__language=written).update(language=version)


class Migration(migrations.Migration):

    dependencies = [
        ('alongside_measures', '0004_asking'),
    ]

    operations = [
        migrations.AddField(
            model_name='score',
            name='language',
            field=models.CharField(blank=True, default='', max_length=12),
        ),
        migrations.RunPython(take_from_responses, migrations.RunPython.noop),
    ]
