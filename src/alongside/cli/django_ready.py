"""Starts Django for a command that needs the record; the others never load it."""

import os


def ready() -> None:
    """Set Django up once, by the settings in the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    import django

    django.setup()
