"""The caseload: everybody somebody holds, whoever needs attention first at the top."""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from alongside.caseload import queries
from alongside.caseload.queries import Row
from alongside.kernel import clock
from alongside.web import agreed, law, naming, typed
from alongside.web.caseload.export import columns, values
from alongside.web.caseload.forms import Asked
from alongside.web.caseload.present import address, calling, chosen, line, present
from alongside.web.pages import page, show

CASELOAD = "caseload"


@page(purpose="direct_care")
def caseload(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        typed.keep(request, CASELOAD)
        return redirect(f"{reverse(CASELOAD)}{address(Asked(request.POST), page='')}")
    asked = _asked(request)
    rows = _rows(request, asked)
    found = present(rows, asked, _names(request, rows), request.access)
    return show(request, "caseload/list.jinja", page=found, asked=asked, leads=request.access.may("lead"))


@page(purpose="direct_care", methods=("GET",))
def export(request: HttpRequest) -> HttpResponse:
    """The same list as a file: whoever takes it away is in the ledger, like whoever looks."""
    asked = _asked(request)
    rows = chosen(_rows(request, asked), asked)
    called = calling(_names(request, rows), request.access)
    name = f"caseload-{clock.today():%Y-%m-%d}.csv"
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(answer)
    writer.writerow(columns())
    writer.writerows(values(line(row, called, request.access)) for row in rows)
    writer.writerows(law.notices(request.access))
    return answer


def _asked(request: HttpRequest) -> Asked:
    """As the address says it, which says only that something was typed (`only`), and never what."""
    text = typed.kept(request, CASELOAD) if request.GET.get("only") == "1" else ""
    return Asked(request.GET.dict() | {"q": text})


def _rows(request: HttpRequest, asked: Asked) -> list[Row]:
    access = request.access
    mine = [access.actor] if access.may("lead") and not asked.team else None
    weeks = agreed.agreement(access=access).review.weeks
    return queries.caseload(access=access, review_weeks=weeks, practitioners=mine)


def _names(request: HttpRequest, rows: list[Row]) -> dict[str, str]:
    ids = {row.holder for row in rows} | {row.owed.holder for row in rows if row.owed}
    return naming.names(ids, access=request.access)
