"""Every piece of the design on one page, for those who build pages, and for the tests that look at them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from alongside.kernel import clock
from alongside.web.forms import Form, fields
from alongside.web.pages import demonstration_only, show


@dataclass(frozen=True)
class Invented:
    """Somebody who is not there, for the banner at the top."""

    name: str = "Amira Khan"
    pronouns: str = "she/her"
    born: date = date(1988, 4, 17)
    age: int = 37
    number: str = "999 014 7320"
    needs: str = ""


class Example(Form):
    """One of each kind of question."""

    when = fields.CivilDate(label=gettext_lazy("Date of the contact"), not_future=True)
    start = fields.ClockTime(label=gettext_lazy("Start"), required=False)
    attendance = fields.Choice(
        label=gettext_lazy("Did they come?"),
        choices=[
            ("came", gettext_lazy("Came")),
            ("missed", gettext_lazy("Missed")),
            ("moved", gettext_lazy("We moved it")),
        ],
        hints={"missed": gettext_lazy("Opens one task with the person whom your agreement names")},
        reveals={"moved": "why"},
    )
    why = fields.Text(label=gettext_lazy("Why it was moved"), required=False)
    phq9 = fields.WholeNumber(label=gettext_lazy("PHQ-9 total"), lowest=0, highest=27, required=False)
    days = fields.WholeNumber(
        label=gettext_lazy("Drinking days"), lowest=0, highest=28, suffix=gettext_lazy("of 28"), required=False
    )
    tell = fields.Choices(
        label=gettext_lazy("Tell the other team"),
        choices=[("date", gettext_lazy("That we met")), ("scores", gettext_lazy("The scores"))],
        required=False,
    )
    note = fields.LongText(label=gettext_lazy("Note"), help_text=gettext_lazy("The person may read this"))
    agreed = fields.Tick(label=gettext_lazy("We wrote this together"))


@require_http_methods(["GET", "HEAD", "POST"])
@demonstration_only
def gallery(request: HttpRequest) -> HttpResponse:
    form = Example(request.POST or None)
    form.attempt(lambda: "con_example")
    return show(request, "pages/gallery.jinja", form=form, person=Invented(), **_pieces())


def _pieces() -> dict[str, Any]:
    now = clock.now()
    return {"tasks": _tasks(now), "events": _events(now), "rows": range(4), "tabs": _tabs()}


def _tasks(now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "due": now - timedelta(days=2),
            "href": "#",
            "what": _("Call after the missed contact"),
            "about": "Marek Obi",
            "who": _("you"),
        },
        {
            "due": now + timedelta(hours=2),
            "href": "#",
            "what": _("Answer: is CBT safe during the taper?"),
            "about": _("asked by Northside Talking Therapies"),
            "who": "J. Reed",
        },
        {"due": clock.today() + timedelta(days=1), "href": "#", "what": _("Triage a self-referral"), "who": _("duty")},
    ]


def _events(now: datetime) -> list[dict[str, Any]]:
    return [
        {"when": now - timedelta(hours=3), "side": "use", "title": _("7 drinking days of 28"), "new": True},
        {
            "when": now - timedelta(days=2, hours=2),
            "side": "mood",
            "title": _("PHQ-9 9, GAD-7 7"),
            "text": _("Below both cut-offs for the first time"),
            "who": "Sam Reed, Northside",
        },
        {"when": now - timedelta(days=16), "side": "both", "title": _("Joint plan agreed"), "href": "#"},
        {"when": now - timedelta(days=40), "side": "", "title": _("Referral from the GP accepted")},
    ]


def _tabs() -> list[dict[str, Any]]:
    names = [_("Now"), _("Plan"), _("Assessment"), _("Contacts"), _("Measures"), _("Consultations"), _("Consent")]
    return [{"label": name, "href": "#", "here": place == 0} for place, name in enumerate(names)]
