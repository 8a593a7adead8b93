"""What somebody typed to find people by: a name, a day of birth, an NHS number. It is kept in their own session, for
the page where they typed it, and stands in no address: a browser's history and the logs on the way keep those."""

from django.http import HttpRequest

TYPED = "typed"
LONGEST = 300  # characters; a form refuses sooner, in words


def keep(request: HttpRequest, page: str) -> None:
    """What was just sent as `q`, in place of what was typed there before."""
    kept = {one: text for one, text in request.session.get(TYPED, {}).items() if one != page}
    text = request.POST.get("q", "")[:LONGEST]
    request.session[TYPED] = kept | ({page: text} if text else {})


def kept(request: HttpRequest, page: str) -> str:
    """What was typed there last; empty where nothing was since the sign-in."""
    return str(request.session.get(TYPED, {}).get(page, ""))


def forget(request: HttpRequest) -> None:
    request.session.pop(TYPED, None)
