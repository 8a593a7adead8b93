import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("alongside_audit", "0002_entries_by_act_and_time")]

    operations = [
        migrations.CreateModel(
            name="Pseudonym",
            fields=[
                ("registration", models.CharField(max_length=24, primary_key=True, serialize=False)),
                ("secret", models.CharField(max_length=48)),
                ("pseudonym", models.CharField(max_length=32, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("peaks", models.JSONField()),
                ("note", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Countersignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("witness", models.CharField(max_length=100)),
                ("line", models.TextField()),
                (
                    "checkpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="countersignatures",
                        to="alongside_audit.checkpoint",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="countersignature",
            constraint=models.UniqueConstraint(fields=("checkpoint", "witness"), name="one_line_a_witness"),
        ),
        migrations.AddField("entry", "position", models.BigIntegerField(null=True, unique=True)),
        migrations.AddField("entry", "about", models.JSONField(default=list)),
        migrations.AddField(
            "mention", "pseudonym", models.CharField(max_length=32, default=""), preserve_default=False
        ),
    ]
