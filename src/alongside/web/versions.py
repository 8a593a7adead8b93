"""The version of a thing that a page was drawn with, as its form sends it back."""

from alongside.web.forms import Form

NONE = -1


def shown(form: Form) -> int:
    """The version in the form; one that cannot be read fits nothing, so the page counts as an old one."""
    text = str(form.cleaned_data["version"])
    return int(text) if text.isascii() and text.isdigit() else NONE
