"""Who looked at somebody's record, who was told, and what was sent: as a page, on paper and as a file."""

import csv
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.consent import queries as consents
from alongside.definitions.accounting import duties, every
from alongside.kernel import clock
from alongside.kernel.clock import LONDON
from alongside.people import queries as people
from alongside.safety import queries as safety
from alongside.sharing import queries
from alongside.sharing.queries import Kind
from alongside.web import law, naming
from alongside.web.consents import account
from alongside.web.consents.folding import edition, folded
from alongside.web.forms import Paged, fields
from alongside.web.pages import page, show
from alongside.web.people import places
from alongside.web.subject import subject
from alongside.web.ways import way

MOST = 50
MOST_IN_A_FILE = 5_000
USUAL_DAYS = 90
THROUGH = "through"
YEARS = max((one.years for one in every() if one.key == THROUGH), default=0)
CHOSEN = {
    "": (Kind.LOOKED, Kind.TAKEN, Kind.TOLD, Kind.HEARD, Kind.SENT, Kind.REFUSED),
    "looked": (Kind.LOOKED, Kind.TAKEN),
    "told": (Kind.TOLD, Kind.HEARD),
    "sent": (Kind.SENT,),
    "refused": (Kind.REFUSED,),
    THROUGH: (Kind.LOOKED, Kind.TAKEN),
}


class Asked(Paged):
    """Of which time, and of what. An address that asks nonsense says so, and gets the usual time."""

    since = fields.CivilDate(label=gettext_lazy("From this day"), called=gettext_lazy("first day"), required=False)
    until = fields.CivilDate(label=gettext_lazy("To this day"), called=gettext_lazy("last day"), required=False)
    of = fields.Choice(
        label=gettext_lazy("What"),
        choices=[
            ("", gettext_lazy("Everything")),
            ("looked", gettext_lazy("Who looked")),
            ("told", gettext_lazy("Who was told without consent")),
            ("sent", gettext_lazy("What was sent")),
            (THROUGH, gettext_lazy("Who received it through a body in between")),
        ],
        required=False,
        inline=True,
    )

    def __init__(self, *args: Any, pack: str, **kwargs: Any) -> None:
        """What went through an intermediary is asked for where the law of the service's `pack` lets the person ask."""
        super().__init__(*args, **kwargs)
        if not any(one.key == THROUGH for one in duties(pack)):
            self.fields["of"].choices = [one for one in self.fields["of"].choices if one[0] != THROUGH]

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", account.NEGATIVE)

    @property
    def period(self) -> tuple[datetime, datetime]:
        """From the beginning of the first day to the end of the last, which still counts."""
        good = self.is_valid()
        last = (self.cleaned_data.get("until") if good else None) or clock.today()
        first = (self.cleaned_data.get("since") if good else None) or self._usual_first(last)
        return _begins(first), _begins(last + timedelta(days=1))

    def _usual_first(self, last: date) -> date:
        return last - timedelta(days=366 * YEARS if self.wanted == THROUGH else USUAL_DAYS)

    @property
    def wanted(self) -> str:
        return str(self.cleaned_data.get("of", "")) if self.is_valid() else ""

    @property
    def query(self) -> str:
        """The same question as part of an address, without its page."""
        return urlencode([(name, value) for name, value in self.data.items() if name != "page" and value])


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON)


@page(purpose="direct_care", or_for=("legal",), methods=("GET",))
def looked(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    pack = allowed.pack_of(access.service, access=access)
    asked = Asked(request.GET, pack=pack)
    since, until = asked.period
    found = lines(about.mine, asked, access=access, start=(asked.number - 1) * MOST, most=MOST + 1)
    query = asked.query
    return show(
        request,
        "consents/looked.jinja",
        person=about.person,
        about=about,
        tabs=places.tabs(about, "person-sharing", access),
        form=asked,
        since=since,
        until=until - timedelta(days=1),
        lines=folded(found[:MOST]),
        edition=edition(found[:MOST]),
        number=asked.number,
        more=len(found) > MOST,
        query=f"{query}&" if query else "",
        csv=way("sharing-looked-csv", about.mine, access=access) + (f"?{query}" if query else ""),
        duties=duties(pack),
    )


@page(purpose="direct_care", or_for=("legal",), methods=("GET",))
def export(request: HttpRequest, registration: str) -> HttpResponse:
    """The same account as a file to give to the person: what is withheld from them is not in it. Whoever takes it away
    is in the ledger."""
    access = request.access
    about = subject(registration, access=access)
    asked = Asked(request.GET, pack=allowed.pack_of(access.service, access=access))
    found = lines(about.mine, asked, access=access, start=0, most=MOST_IN_A_FILE + 1, to_give=True)
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    name = f"who-looked-{clock.today():%Y-%m-%d}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(answer)
    writer.writerow(account.columns())
    writer.writerows(account.values(one) for one in found[:MOST_IN_A_FILE])
    if len(found) > MOST_IN_A_FILE:
        said = _("Only the newest %(n)d entries of this time are here. Choose an earlier last day for those before.")
        writer.writerow([said % {"n": MOST_IN_A_FILE}])
    writer.writerows(law.notices(access))
    return answer


def lines(
    registration: str, asked: Asked, *, access: Access, start: int, most: int, to_give: bool = False
) -> list[account.Line]:
    """The account of what was asked, in words, the newest first; as the person is given it (`to_give`)."""
    since, until = asked.period
    agreed = {one.id: one for one in consents.history(registration, access=access)}
    through = {key for key, one in agreed.items() if one.said.through} if asked.wanted == THROUGH else None
    which = {"since": since, "until": until, "of": CHOSEN[asked.wanted], "by": through}
    found = queries.account(registration, **which, access=access, start=start, most=most, to_give=to_give)
    known = naming.names({id_ for one in found for id_ in account.to_name(one)}, access=access)
    if any(one.line.detail.get("to") == "outside" for one in found):
        # The body that was told stands in the entry itself, which whoever reads this may or may not read.
        known |= {one.id: one.to_body for one in safety.disclosures(registration, access=access) if one.to_body}
    if any(one.line.role == "proxy" for one in found):
        known |= account.on_behalf(people.proxies(registration, access=access), access)
    return [account.line(one, agreed, known, access) for one in found]
