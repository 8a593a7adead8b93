"""What a browser sends with a form: every box of the page, the empty ones too."""

from html.parser import HTMLParser


def filled(page: str) -> dict[str, str]:
    """The fields of a page's forms as they stand, by name: text boxes, text areas, selects, and what is ticked."""
    reader = _Reader()
    reader.feed(page)
    return reader.fields


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._open = ""  # the text area or select whose inside is being read
        self._first = True  # no option of it was seen yet: the first stands, empty or not

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "input" and name and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            self.fields[name] = given.get("value") or ""
        elif tag in ("textarea", "select") and name:
            self._open, self._first = name, True
            self.fields[name] = ""
        elif tag == "option" and self._open and ("selected" in given or self._first):
            self.fields[self._open], self._first = given.get("value") or "", False

    def handle_endtag(self, tag: str) -> None:
        if tag in ("textarea", "select"):
            self._open = ""
