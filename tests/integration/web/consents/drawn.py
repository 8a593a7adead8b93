"""A form as its page draws it: what a browser sends where nobody touches anything."""

from html.parser import HTMLParser

HIDDEN_AWAY = {"submission_token", "version", "csrfmiddlewaretoken"}


class _Drawn(HTMLParser):
    def __init__(self):
        super().__init__()
        self.fields, self.inside, self.select = {}, False, ""

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "form":
            self.inside = told.get("method", "get").lower() == "post" and told.get("action", "") == ""
        elif not self.inside:
            return
        elif tag == "select":
            self.select = told["name"]
        elif tag == "option" and "selected" in told:
            self._sent(self.select, told.get("value", ""))
        elif tag == "input" and "name" in told:
            self._input(told)

    def _input(self, told):
        kind = told.get("type", "text")
        if kind == "submit" or (kind in ("checkbox", "radio") and "checked" not in told):
            return
        self._sent(told["name"], told.get("value") or ("on" if kind == "checkbox" else ""))

    def _sent(self, name, value):
        self.fields.setdefault(name, []).append(value)

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "form"


def drawn(answer):
    """Each field of the form on a page, with all that it sends."""
    parser = _Drawn()
    parser.feed(answer.content.decode())
    return parser.fields


def as_read(some, path, sent):
    """What is sent, once it was read back."""
    return sent | {"previewed": drawn(some.post(path, sent | {"preview": "1"}))["previewed"]}
