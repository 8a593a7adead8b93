"""`alongside serve`: the pages, for as long as it runs."""

from typing import Any

import click

from alongside.cli.database import refuse_unready
from alongside.cli.django_ready import ready
from alongside.cli.kept import refuse_older
from alongside.kernel.language import gettext as _


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Address to listen at."))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help=_("One or two a core."))
def command(host: str, port: int, workers: int) -> None:
    """Serve the pages until Ctrl+C.

    A real service stands behind a proxy that speaks HTTPS: see ALONGSIDE_PROXIES in docs/reference/settings.md.

    Example: alongside serve --port 8080
    """
    start(host=host, port=port, workers=workers)


def start(*, host: str, port: int, workers: int = 2) -> None:
    """Serve at `host`:`port` and never return; raises `NotReady` where the database is not up to date, or older
    than its own ledger."""
    ready()
    refuse_unready()
    refuse_older()
    from django.core.management import call_command

    call_command("build_static")
    click.echo(_("Alongside is at %s") % address(host, port))
    click.echo(_("Press Ctrl+C to stop it."))
    _serve(bind=f"[{host}]:{port}" if ":" in host else f"{host}:{port}", workers=workers)


def address(host: str, port: int) -> str:
    """What to type into a browser: all addresses are reached at this one's own."""
    named = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - read, not bound
    return f"http://[{named}]:{port}/" if ":" in named and "[" not in named else f"http://{named}:{port}/"


def _serve(**chosen: Any) -> None:
    from django.utils.module_loading import import_string
    from gunicorn.app.base import Application

    class Server(Application):
        def load_config(self) -> None:
            self.load_config_from_module_name_or_filename("python:alongside.config.gunicorn")
            for name, value in chosen.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return import_string("alongside.config.wsgi.application")

    Server().run()
