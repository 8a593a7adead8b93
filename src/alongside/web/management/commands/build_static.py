"""Builds the static files; the commands of `alongside` call it, being blind to this room."""

from typing import Any

from django.core.management.base import BaseCommand

from alongside.web.static_files import build


class Command(BaseCommand):
    help = "Hash and compress the static files."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        build()
