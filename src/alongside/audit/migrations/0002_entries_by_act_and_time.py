from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("alongside_audit", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="entry", index=models.Index(fields=["act", "at"], name="entry_by_act_and_time")
        ),
    ]
