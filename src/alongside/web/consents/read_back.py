"""A sentence that is read before it is saved: what is saved is what was read, or it is read again."""

from django.http import HttpRequest

READ_BACK = "read_back"  # the hidden field that carries the sentence which stood on the page


def was_read(request: HttpRequest, sentence: str) -> bool:
    """Whether the page that was sent showed this very sentence."""
    return request.POST.get(READ_BACK, "") == sentence
