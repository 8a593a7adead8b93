"""CSS and JavaScript, served by the application itself under names that change with their content.

`alongside serve` builds them once into `STATIC_ROOT`. Where nothing was built (a test, a shell) the plain names
stand, so that no page needs a build to be rendered.
"""

from pathlib import Path

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage


class BuiltStaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed and compressed names, also for what one script imports from another."""

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        return super().stored_name(name) if self.hashed_files else name


class ServeStaticFiles(WhiteNoiseMiddleware):
    """Serves what was built, if anything was, and otherwise the files where they lie."""

    def add_files(self, root: str, prefix: str | None = None) -> None:
        if Path(root).is_dir():
            super().add_files(root, prefix)


def asset(path: str) -> str:
    """The address of one static file, such as `alongside/alongside.css`."""
    return staticfiles_storage.url(path)


def build() -> None:
    """Hash and compress every static file into `STATIC_ROOT`; a second or two, and safe to repeat."""
    # django-htmx carries four editions of htmx with extensions; the pages use one.
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["ext", "htmax-*", "htmx-4*"])
