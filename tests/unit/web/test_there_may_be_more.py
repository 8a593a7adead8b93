"""“There may be more: ask the person.” stands once on every page about somebody, whatever they chose (access.md)."""

import ast
import re
from pathlib import Path

import alongside.web

WEB = Path(alongside.web.__file__).parent
TEMPLATES = WEB / "templates"
CALL = "{{ may_be_more() }}"


def shown_about_somebody(source):
    """The templates that a module shows with a person at the top of the page."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "show":
            given = {one.arg: one.value for one in call.keywords}
            nobody = "person" not in given or (isinstance(given["person"], ast.Constant) and not given["person"].value)
            names = [one.value for one in call.args if isinstance(one, ast.Constant)]
            yield from () if nobody else names


def leads_back_to_somebody(text):
    """Whether a page leads to what is about one person, whoever shows it."""
    return "{% extends" in text and re.search(r"\babout\.(own|mine|href)\b", text) is not None


def chain(name, read):
    """A template and those that it extends but the layout, as one text."""
    text = read(name)
    found = re.search(r'{% extends "([^"]+)" %}', text)
    return text + (chain(found[1], read) if found and found[1] != "layout.jinja" else "")


def lacking(names, read):
    return sorted(name for name in names if chain(name, read).count(CALL) != 1)


def read(name):
    return (TEMPLATES / name).read_text()


def test_it_stands_on_every_page_about_somebody():
    shown = {name for one in WEB.rglob("*.py") for name in shown_about_somebody(one.read_text())}
    assert {"consents/agree.jinja", "plans/plan.jinja", "people/person.jinja"} <= shown
    about = {str(one.relative_to(TEMPLATES)) for one in TEMPLATES.rglob("*.jinja")}
    assert lacking(shown | {one for one in about if leads_back_to_somebody(read(one))}, read) == []


def test_a_page_without_it_and_one_that_says_it_twice_are_found():
    pages = {
        "good.jinja": '{% extends "page.jinja" %}{% block content %}{% endblock %}',
        "page.jinja": '{% extends "layout.jinja" %}{{ may_be_more() }}',
        "none.jinja": '{% extends "layout.jinja" %}',
        "twice.jinja": '{% extends "page.jinja" %}{{ may_be_more() }}',
    }
    source = 'show(request, "none.jinja", person=about.person); show(request, "other.jinja", form=form)'
    assert list(shown_about_somebody(source)) == ["none.jinja"]
    assert leads_back_to_somebody('{% extends "layout.jinja" %}{{ url("plan", about.own) }}')
    assert not leads_back_to_somebody('{{ url("plan", about.own) }}')
    assert lacking(["good.jinja", "none.jinja", "twice.jinja"], pages.get) == ["none.jinja", "twice.jinja"]
