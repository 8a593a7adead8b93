"""A sentence that is read before it is saved: what is saved is what was read, or it is read again."""

from django.contrib import messages
from django.http import HttpRequest

from alongside.consent.rules import Choice
from alongside.sharing import actions
from alongside.web.consents.renewing import seen
from alongside.web.consents.saying import mark
from alongside.web.forms import Form
from alongside.web.subject import Subject
from alongside.web.trying import attempt, sent_before

READ_BACK = "read_back"  # the hidden field that carries the mark of the sentence which stood on the page


def mark_of(registration: str, made: Choice, sentence: str) -> str:
    """By which a page knows what was read on it: also whom it is about, where two are called alike."""
    left_out = [one.recipient for one in made.exceptions]
    return mark(registration, " ".join([made.recipient, made.purpose, *left_out]), sentence)


def was_read(request: HttpRequest, said: str) -> bool:
    """Whether the page that was sent showed the sentence of this mark."""
    return request.POST.get(READ_BACK, "") == said


def saved(request: HttpRequest, form: Form, made: Choice, about: Subject, *, stands: str, said: str) -> bool:
    """Whether the one choice was saved, once; the page then says `said`. `stands` is where the reader finds what holds
    where the choice changed meanwhile."""
    by, once = request.access, {"submission": form.submission, "seen": seen(form, made.recipient)}

    def save() -> object:
        return actions.agree_all(registration=about.mine, choices=[made], by=by, **once)

    if not attempt(form, save, stands=stands):
        return False
    if not sent_before(request, form):
        messages.success(request, said)
    return True
