from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("alongside_audit", "0004_restated")]

    operations = [
        migrations.RemoveField("mention", "registration"),
        migrations.RemoveField("mention", "rows"),
        migrations.AlterField("mention", "pseudonym", models.CharField(max_length=32, db_index=True)),
        migrations.DeleteModel("Seal"),
        migrations.AddIndex(
            "entry",
            models.Index(
                fields=["id"], condition=models.Q(position__isnull=True), name="entry_without_position"
            ),
        ),
    ]
