"""Opening hours as they are typed: `mon-fri 09:00-17:00`, or with a break `sat 09:00-12:00,13:00-15:00`."""

from collections.abc import Iterable

from alongside.kernel.errors import Invalid
from alongside.kernel.language import gettext as _

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def parse(typed: Iterable[str]) -> dict[str, list[list[str]]]:
    """Hours by day; a day that is not named is closed. Raises `Invalid` naming what cannot be read."""
    found: dict[str, list[list[str]]] = {}
    for text in typed:
        days, _blank, spans = text.strip().lower().partition(" ")
        for day in _days(days, text):
            if day in found:
                raise Invalid(
                    "opening hours",
                    _("{day} stands there twice. Write a break as 09:00-12:00,13:00-17:00.").format(day=day),
                )
            found[day] = [_span(span, text) for span in spans.split(",")]
    return found


def _days(written: str, text: str) -> tuple[str, ...]:
    first, _dash, last = written.partition("-")
    if first not in DAYS or (last or first) not in DAYS or DAYS.index(last or first) < DAYS.index(first):
        raise _unread(text)
    return DAYS[DAYS.index(first) : DAYS.index(last or first) + 1]


def _span(written: str, text: str) -> list[str]:
    opens, dash, closes = written.strip().partition("-")
    if not dash:
        raise _unread(text)
    return [opens.strip(), closes.strip()]


def _unread(text: str) -> Invalid:
    words = _("{text!r} cannot be read. Write days and times as in “mon-fri 09:00-17:00”; days are {days}.")
    return Invalid("opening hours", words.format(text=text, days=", ".join(DAYS)))


def shown(hours: dict[str, list[list[str]]]) -> str:
    """The same in the words that `parse` reads, days with the same hours together."""
    runs: list[tuple[list[str], str]] = []
    for day in DAYS:
        spans = ",".join("-".join(span) for span in hours.get(day, []))
        if runs and runs[-1][1] == spans:
            runs[-1][0].append(day)
        else:
            runs.append(([day], spans))
    return ", ".join(f"{_run(days)} {spans}" for days, spans in runs if spans)


def _run(days: list[str]) -> str:
    return days[0] if len(days) == 1 else f"{days[0]}-{days[-1]}"
