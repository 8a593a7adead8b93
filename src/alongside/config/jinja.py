"""The page templates' environment: NHS.UK macros, translation, and the filters that pages share."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, FileSystemLoader, PackageLoader

from alongside.web import times
from alongside.web.agreed import not_agreed
from alongside.web.static_files import asset


def environment(**options: Any) -> Environment:
    """Called once by Django's Jinja backend with the backend's own options."""
    ours: Any = options.pop("loader", None) or FileSystemLoader(settings.TEMPLATE_DIRECTORIES)
    env = Environment(
        loader=ChoiceLoader([ours, PackageLoader("nhsuk_frontend_jinja"), PackageLoader("alongside.evaluation")]),
        autoescape=_escape,  # noqa: S701 - it spares plain-text letters alone
        # The NHS.UK macros read parameters that nobody gave; a chain of undefined names must be empty, not an error.
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=options.get("auto_reload", False),
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it, unseen by the types
        gettext, ngettext, newstyle=True
    )
    env.globals.update(asset=asset, url=_url, csrf_token_of=get_token, not_agreed=not_agreed)
    env.filters.update(FILTERS)
    return env


def _escape(name: str | None) -> bool:
    """Everything is escaped but letters in plain text, where `&amp;` would be read as it stands."""
    return not (name or "").endswith(".txt")


def _url(name: str, *args: object, **kwargs: object) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


FILTERS: dict[str, Callable[..., Any]] = {
    "ago": times.ago,
    "clock": times.clock,
    "day": times.day,
    "day_and_weekday": times.day_and_weekday,
    "due": times.due,
    "number": times.number,
}
