"""How often the form may be sent from one connection."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from alongside.kernel.errors import NotAllowed
from alongside.organisations.queries import Place
from alongside.web import limits, times

MOST = 20  # forms in an hour
FORM = "selfreferral"


def reached(request: HttpRequest) -> bool:
    """Whether this connection has sent as many forms as we take in this hour."""
    return limits.counted(request, FORM) >= MOST


def check(request: HttpRequest, service: Place) -> None:
    """Raises `NotAllowed` with what to do instead where no more is taken from this connection in this hour."""
    if not reached(request):
        return
    said = _("This was not sent: many forms came from this internet connection in the last hour.")
    ring = _("Ring %(service)s on %(phone)s.") % {"service": service.name, "phone": service.phone}
    later = _("Or fill in the form again after %(time)s.") % {"time": times.moment(limits.until())}
    raise NotAllowed(" ".join([said, *([ring] if service.phone else []), later]))


def count(request: HttpRequest) -> None:
    """One more was sent."""
    limits.count(request, FORM)
