"""The evaluation on the screen, and the report to take away."""

import io
import zipfile

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.evaluation import actions, queries
from alongside.evaluation.actions import Released
from alongside.evaluation.record import Cohort
from alongside.evaluation.report.figures import Figures
from alongside.evaluation.report.grounds import answers_left_out
from alongside.evaluation.report.page import page as report_page
from alongside.evaluation.rules.audience import Audience, Stamp
from alongside.evaluation.rules.wanted import ALL, Wanted
from alongside.kernel import clock
from alongside.organisations import queries as organisations
from alongside.web.evaluation.forms import About, Releasing, address_of
from alongside.web.pages import page, show


@page(purpose="evaluation", methods=("GET",))
def evaluation(request: HttpRequest) -> HttpResponse:
    """The exact evaluation of what this reader may count, for the partnership only."""
    about = About(request.GET or None)
    cohort, wanted = about.cohort(), about.wanted()
    return _page(request, about, Releasing.of(cohort, wanted), cohort, wanted)


def _page(request: HttpRequest, about: About, releasing: Releasing, cohort: Cohort, wanted: Wanted) -> HttpResponse:
    access = request.access
    found = queries.internal(cohort, access=access, wanted=wanted)
    given = queries.releases(access=access)
    return show(
        request,
        "evaluation/evaluation.jinja",
        about=about,
        form=releasing,
        page=report_page(found, Stamp()),
        persons=found.persons,
        cohort=cohort,
        show_all=address_of(Cohort(), wanted),
        count_all=address_of(cohort, ALL),
        leaves_out=answers_left_out(found, Figures(Audience.INTERNAL)),
        may_release=access.may("evaluate"),
        releases=given,
        names=organisations.names({one.by for one in given}, access=access),
    )


@page(purpose="evaluation", acts=("evaluate",), methods=("POST",))
def release(request: HttpRequest) -> HttpResponse:
    """The report and its figures as one file to take away."""
    form = Releasing(request.POST)
    made = form.attempt(lambda: _release(form, request.access))
    if isinstance(made, Released):
        return _download(made)
    cohort = form.cohort() if form.is_valid() or "arm" in form.cleaned_data else Cohort()
    return _page(request, About(), form, cohort, form.wanted())


def _release(form: Releasing, by: Access) -> Released:
    return actions.release(stamp=form.stamp(), cohort=form.cohort(), wanted=form.wanted(), by=by)


def _download(made: Released) -> HttpResponse:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in made.files.items():
            archive.writestr(name, text)
    name = _("evaluation-%(day)s.zip") % {"day": clock.today().isoformat()}
    response = HttpResponse(packed.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
