"""A caseload is somebody's in one service: its handle says which, and is longer for it."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Concat


def say_which_service(apps, _schema) -> None:
    """Grants first: they learn the service from the need that they were compiled from."""
    needs = apps.get_model("alongside_access", "Need").objects.filter(handle__startswith="caseload:")
    grants = apps.get_model("alongside_access", "Grant").objects.filter(handle__startswith="caseload:")
    theirs = needs.filter(registration=OuterRef("registration"), handle=OuterRef("handle"))
    grants.update(handle=Concat("handle", Value("@"), Subquery(theirs.values("service")[:1])))
    needs.update(handle=Concat("handle", Value("@"), "service"))


def longer(model: str, field: str) -> migrations.AlterField:
    return migrations.AlterField(model_name=model, name=field, field=models.CharField(max_length=64))


class Migration(migrations.Migration):
    dependencies = [("alongside_access", "0001_initial")]

    operations = [
        longer("bar", "handle"),
        longer("grant", "handle"),
        longer("line", "recipient"),
        longer("need", "handle"),
        migrations.RunPython(say_which_service, migrations.RunPython.noop),
    ]
