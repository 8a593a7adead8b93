"""What an evaluation is about, and whom its report is for."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.definitions import languages
from alongside.definitions.pathways import pathways
from alongside.evaluation.record import Cohort
from alongside.evaluation.rules.audience import Audience, Stamp, stamp
from alongside.evaluation.rules.wanted import ALL, Wanted, wanted
from alongside.kernel.errors import Invalid
from alongside.measures.rules.context import MOST_WEEKS
from alongside.web.forms import fields
from alongside.web.forms.base import Form, Query

EVERYBODY = ""
AUDIENCES = [
    (Audience.INTERNAL.value, _("Internal: exact, for the two services only")),
    (Audience.PUBLICATION.value, _("Publication: exact, approved by somebody by name")),
    (Audience.PUBLIC.value, _("Public: small numbers hidden, the rest rounded")),
]


def _arms() -> list[tuple[str, Any]]:
    arms = {arm.key: _(arm.words) for pathway in pathways() for arm in pathway.arms}
    return [(EVERYBODY, _("Everybody, on the pathway or not")), *arms.items()]


def _check_language(code: str) -> None:
    for problem in languages.problems(code.strip()):
        raise forms.ValidationError(problem.message)


class About(Query):
    """Whom the evaluation is about."""

    arm = fields.Choice(label=_("Arm of the pathway"), choices=_arms, required=False)
    received_from = fields.CivilDate(label=_("Referred from"), called=_("first day of the referrals"), required=False)
    received_until = fields.CivilDate(label=_("Referred until"), called=_("last day of the referrals"), required=False)
    without_clouded = fields.Tick(
        label=_("Leave out scores that were answered while intoxicated or in withdrawal"), required=False
    )
    without_helped = fields.Tick(label=_("Leave out scores that were answered with somebody's help"), required=False)
    without_use_within = fields.WholeNumber(
        label=_("Weeks after the last use in which scores are left out"),
        help_text=_("Scores that were answered less than so many whole weeks after it do not count"),
        suffix=_("weeks"),
        lowest=1,
        highest=MOST_WEEKS,
        required=False,
    )
    only_language = fields.Text(
        label=_("Count only scores in this language version"),
        help_text=_("A code: en for English, cy for Welsh, bfi for British Sign Language"),
        required=False,
        width=10,
        max_length=12,
        validators=[_check_language],
    )

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or self.cleaned_data
        first, last = chosen.get("received_from"), chosen.get("received_until")
        if first and last and last < first:
            self.add_error("received_until", _("This day is before the first one. Enter a later day."))
        return chosen

    def cohort(self) -> Cohort:
        """The cohort that was asked for; everybody where nothing was asked or something is wrong."""
        if not self.is_bound or not self.is_valid():
            return Cohort()
        chosen = self.cleaned_data
        return Cohort(chosen["arm"], chosen["received_from"], chosen["received_until"])

    def wanted(self) -> Wanted:
        """Which scores count; every one where nothing was asked or something is wrong."""
        return _wanted(self.cleaned_data) if self.is_bound and self.is_valid() else ALL


def _wanted(entered: Mapping[str, Any]) -> Wanted:
    return wanted(
        without_clouded=entered["without_clouded"],
        without_helped=entered["without_helped"],
        without_use_within=entered["without_use_within"],
        only_language=entered["only_language"],
    )


def _as_entered(wanted: Wanted) -> dict[str, Any]:
    """What the hidden fields hold for it; empty where nothing is left out."""
    return {
        "without_clouded": wanted.without_clouded or "",
        "without_helped": wanted.without_helped or "",
        "without_use_within": wanted.without_use_within or "",
        "only_language": "en" if wanted.only_language == "" else wanted.only_language or "",
    }


def address_of(cohort: Cohort, wanted: Wanted) -> str:
    """The query that asks for this evaluation; empty for all scores of everybody."""
    entered: dict[str, Any] = {"arm": cohort.arm} | _as_entered(wanted)
    for name, day in (("received_from", cohort.received_from), ("received_until", cohort.received_until)):
        if day:
            entered |= {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
    return urlencode({name: value for name, value in entered.items() if value})


class Releasing(Form):
    """For whom the report is, and who approved it where it must be approved. The cohort is the page's own."""

    audience = fields.Choice(
        label=_("Who is the report for?"),
        choices=AUDIENCES,
        initial=Audience.INTERNAL.value,
        reveals={Audience.PUBLICATION.value: "approved_by"},
    )
    approved_by = fields.Text(label=_("Approved by (for a publication)"), required=False)
    decision = fields.LongText(
        label=_("What was decided about disclosure, and why (for a publication)"), required=False, rows=3
    )
    arm = forms.CharField(widget=forms.HiddenInput, required=False)
    received_from = forms.DateField(widget=forms.HiddenInput, required=False)
    received_until = forms.DateField(widget=forms.HiddenInput, required=False)
    without_clouded = forms.BooleanField(widget=forms.HiddenInput, required=False)
    without_helped = forms.BooleanField(widget=forms.HiddenInput, required=False)
    without_use_within = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=MOST_WEEKS)
    only_language = forms.CharField(widget=forms.HiddenInput, required=False, validators=[_check_language])

    @classmethod
    def of(cls, cohort: Cohort, wanted: Wanted) -> "Releasing":
        """The form for a report about this cohort, of the scores that count on the page."""
        days: dict[str, date | None] = {
            "received_from": cohort.received_from,
            "received_until": cohort.received_until,
        }
        kept = {name: day.isoformat() for name, day in days.items() if day}
        return cls(initial={"arm": cohort.arm} | _as_entered(wanted) | kept)

    def stamp(self) -> Stamp:
        """The stamp, or `Invalid` naming the field of this form that a publication still needs."""
        chosen = self.cleaned_data
        audience = Audience(chosen["audience"])
        approved = (chosen["approved_by"], chosen["decision"]) if audience is Audience.PUBLICATION else ("", "")
        try:
            return stamp(audience, *approved)
        except Invalid as refusal:
            raise Invalid(refusal.field.removeprefix("--").replace("-", "_"), refusal.message) from refusal

    def cohort(self) -> Cohort:
        chosen = self.cleaned_data
        return Cohort(chosen["arm"], chosen["received_from"], chosen["received_until"])

    def wanted(self) -> Wanted:
        """Which scores count; every one where what the page carried does not hold."""
        entered = self.cleaned_data
        return _wanted(entered) if all(name in entered for name in _as_entered(ALL)) else ALL
