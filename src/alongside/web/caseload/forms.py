"""What a reader may ask of the list: whose, whom, in which order, which page."""

from django import forms
from django.utils.translation import gettext_lazy

from alongside.web.forms import Query, fields

SORTS = ("why", "person", "weeks", "phq9", "anxiety", "use", "next", "acts")


class Asked(Query):
    """An address that asks nonsense gets the usual list: it is only a view."""

    q = fields.Text(label=gettext_lazy("Show only"), required=False, width=20)
    whose = forms.CharField(required=False)
    sort = forms.CharField(required=False)
    down = forms.CharField(required=False)
    page = forms.CharField(required=False)

    @property
    def text(self) -> str:
        return self._asked("q").casefold()

    @property
    def team(self) -> bool:
        return self._asked("whose") == "team"

    @property
    def order(self) -> str:
        asked = self._asked("sort")
        return asked if asked in SORTS else SORTS[0]

    @property
    def backwards(self) -> bool:
        return self._asked("down") == "1"

    @property
    def number(self) -> int:
        asked = self._asked("page")
        return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1

    def _asked(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name) or "").strip()
