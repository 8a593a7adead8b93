"""Every word on a page can be translated: no bare text in a template outside `_()` or `{% trans %}`."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment

TEMPLATES = Path("src/alongside/web/templates")
SHOWN = {"alt", "aria-label", "placeholder", "title", "label"}  # attributes that are read out or seen
# Marks that are the same in every language: the brand, arrows, keys, numbers.
UNIVERSAL = re.compile(r"(Alongside|Esc|PHQ-9|GAD-7|AUDIT-C|[^\w]|[\d_]|\b[a-z?/]\b)*", re.IGNORECASE)
TRANSLATED = re.compile(r"\{%-?\s*trans\b.*?\{%-?\s*endtrans\s*-?%\}", re.DOTALL)
STYLE = re.compile(r"\{% block \w+_class %\}[\w\s-]*\{% endblock %\}")
SAID = re.compile(r"""(?<![\w.])(?:text|submit|label|title|heading)\s*[:=]\s*["'][^"']*\w""")  # a macro's argument


class _Text(HTMLParser):
    """Collects what is seen or read out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in {"script", "style", "svg"}
        self.found += [value for name, value in attributes if name in SHOWN and value and not self.hidden]

    def handle_endtag(self, tag):
        self.hidden -= tag in {"script", "style", "svg"}

    def handle_data(self, data):
        if not self.hidden:
            self.found.append(data)


def bare_words(template: str) -> list[str]:
    """Text that no translator would ever be shown."""
    tokens = list(Environment().lex(TRANSLATED.sub(" ", STYLE.sub(" ", template))))  # noqa: S701 - only read
    spoken = SAID.findall("".join(value for _line, kind, value in tokens if kind != "data"))
    parser = _Text()
    parser.feed("".join(value if kind == "data" else " " for _line, kind, value in tokens))
    seen = [" ".join(text.split()) for text in parser.found]
    return spoken + [text for text in seen if text and not UNIVERSAL.fullmatch(text)]


def _pages() -> list[Path]:
    return sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".jinja", ".txt"})


@pytest.mark.parametrize("path", _pages(), ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_every_word_of_a_template_can_be_translated(path):
    assert bare_words(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "planted",
    [
        "<p>Saved</p>",
        '<input placeholder="Find a person">',
        "<p>{{ name }} missed</p>",
        '{{ form_of(form, submit="Save") }}',
        '<button aria-label="Close">×</button>',
        "{% if late %}2 days late{% endif %}",
    ],
)
def test_a_bare_word_is_caught(planted):
    assert bare_words(planted)


@pytest.mark.parametrize(
    "fine",
    [
        '<p>{{ _("Saved") }}</p>',
        "<p>{% trans %}Saved{% endtrans %}</p>",
        '<a class="nhsuk-back-link">{{ _("Back") }}</a> → {{ score }}',
        "<svg><title>x</title></svg>",
    ],
)
def test_what_can_be_translated_is_left_alone(fine):
    assert not bare_words(fine)


def test_there_are_templates_to_look_at():
    assert len(_pages()) > 30
