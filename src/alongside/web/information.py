"""Pages about the system itself, open to everybody."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from alongside.web.pages import show


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return show(request, "pages/accessibility.jinja")
