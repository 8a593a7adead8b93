"""Every change of a model has its migration: a database that is migrated holds what the models say."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState


def missing(models):
    """The changes of our rooms that no migration makes."""
    loader = MigrationLoader(None)
    found = MigrationAutodetector(loader.project_state(), models).changes(loader.graph)
    ours = {one.label for one in apps.get_app_configs() if one.name.startswith("alongside.")}
    return {room: steps for room, steps in found.items() if room in ours}


def test_no_migration_is_missing():
    assert missing(ProjectState.from_apps(apps)) == {}


def test_a_field_without_a_migration_is_found():
    """The planted fault."""
    models = ProjectState.from_apps(apps)
    models.models["alongside_consent", "consent"].fields.pop("witness")
    assert list(missing(models)) == ["alongside_consent"]
