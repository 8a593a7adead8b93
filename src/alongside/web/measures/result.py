"""What a response came to, in words: score, band, parts, and what nobody has checked."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from alongside.definitions.instruments import Instrument
from alongside.measures.rules import HARM, Index, Refused, Scored
from alongside.web import words


def said(measure: Instrument, worth: Scored | Refused, jurisdiction: str) -> str:
    """One sentence for the top of the next page: `Saved: PHQ-9 14, moderate.`"""
    if isinstance(worth, Refused):
        answered = len(measure.items) - len(worth.problems)
        return _("Saved: %(name)s, %(what)s.") % {"name": measure.name, "what": not_finished(answered, measure)}
    told = comes_to(measure, worth.value, worth.band or "", worth.out_of, dict(worth.parts), jurisdiction)
    told = ", ".join(part for part in (told, index_said(worth.indexed)) if part)
    saved = _("Saved: %(name)s %(told)s.") % {"name": measure.name, "told": told} if told else _("Saved.")
    return f"{saved} {_left_out(measure, worth)}".rstrip()


def not_finished(answered: int, measure: Instrument) -> str:
    """What is said where a score would stand: `not finished, 3 of 9 questions answered`."""
    said = _("not finished, %(answered)d of %(all)d questions answered")
    return said % {"answered": answered, "all": len(measure.items)}


def comes_to(
    measure: Instrument,
    value: Decimal | None,
    band: str,
    out_of: Decimal | int | None,
    parts: Mapping[str, Decimal | None],
    jurisdiction: str,
) -> str:
    """The score, the label or the parts; empty where an instrument comes to nothing but its answers."""
    return value_said(measure, value, band, jurisdiction, out_of) or parts_said(measure, parts)


def _left_out(measure: Instrument, worth: Scored) -> str:
    """That the question about self-harm has no answer, where the rest could be scored without it."""
    asks = {measure.items[number - 1].key for flag in measure.flags if flag.key == HARM for number in flag.items}
    return _("The question about self-harm was not answered: ask them.") if asks & set(worth.gaps) else ""


def harm_said(measure: Instrument, flags: Collection[str]) -> str:
    """That a question about self-harm was answered with more than “not at all”; empty where none was. Never how much
    more: nobody works out a level from it, and the answer itself stands with the conversation about it."""
    if HARM not in flags:
        return ""
    asked = [measure.items[number - 1] for flag in measure.flags if flag.key == HARM for number in flag.items]
    if asked and all(item.yes_no for item in asked):
        return _("question about self-harm answered with “yes”")
    return _("self-harm question answered with more than “not at all”")


def value_said(
    measure: Instrument, value: Decimal | None, band: str, jurisdiction: str, out_of: Decimal | int | None = None
) -> str:
    """The score with its band, or the label of an instrument that has no total."""
    figure = words.score(measure, value, out_of) if value is not None else ""
    return ", ".join(part for part in (figure, band_said(measure, band, jurisdiction)) if part)


def band_said(measure: Instrument, band: str, jurisdiction: str) -> str:
    """The label, or the band of where the service is: with a word where nobody has checked those."""
    if label := next((one for one in measure.labels if one.key == band), None):
        return _(label.words)
    if not band or measure.bands_checked(jurisdiction):
        return words.band(band)
    return _("%(band)s (not yet checked against its source)") % {"band": words.band(band)}


def index_said(found: Index | None) -> str:
    """`index 0.893 by Nowhere 2020`, of a profile that a value set makes a number of."""
    if found is None:
        return ""
    said = {"value": f"{found.value.normalize():f}", "name": found.by}
    if found.verified:
        return _("index %(value)s by %(name)s") % said
    return _("index %(value)s by %(name)s, not yet checked against its source") % said


def parts_said(measure: Instrument, parts: Mapping[str, Decimal | None]) -> str:
    """Every part that is not left open: `Use 3; Risk 12; Protective 14`."""
    known = ((part, parts.get(part.key)) for part in measure.parts)
    return "; ".join(f"{_(part.words)} {words.number(value)}" for part, value in known if value is not None)
