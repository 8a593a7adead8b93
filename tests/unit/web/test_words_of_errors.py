"""What a form says when it refuses an answer is a plain sentence, whatever its label looks like."""

import importlib
import pkgutil

import pytest

from alongside import web
from alongside.kernel.ids import new_id
from alongside.web.consents.forms import Agree
from alongside.web.consents.refusing import Refuse
from alongside.web.forms import Form, Query, fields
from alongside.web.forms.base import Worded
from alongside.web.own.closing import CloseTo
from alongside.web.own.forms import AskMore, LetLook

# How a label begins that cannot stand after "the".
NO_NAME = ("Only ", "From ", "To ", "If ", "By ", "When ", "Until ", "Referred ")


class Asks(Query):
    until = fields.CivilDate(label="Until when?", called="last day")
    why = fields.Text(label="Why?", max_length=3, required=False)
    note = fields.LongText(label="Note", max_length=3, required=False)
    times = fields.WholeNumber(label="How often?", lowest=1, highest=9, required=False)


def said(form):
    return [one.text for one in form.problems()]


@pytest.mark.parametrize(
    ("entered", "says"),
    [
        ({}, "Enter the last day"),
        ({"until-day": "3"}, "The last day must include a month and a year"),
        ({"until-day": "30", "until-month": "2", "until-year": "2027"}, "The last day must be a real date, such as"),
        ({"until-day": "3", "until-month": "2", "until-year": "27"}, "The last day must have a year of 4 numbers"),
        ({"why": "because"}, "The answer to “Why?” must be 3 characters or fewer"),
        ({"note": "because"}, "Note must be 3 characters or fewer"),
        ({"times": "10"}, "The answer to “How often?” must be a whole number from 1 to 9"),
    ],
)
def test_a_question_is_no_name_in_a_sentence(entered, says):
    assert any(one.startswith(says) for one in said(Asks(entered))), said(Asks(entered))


def every_form():
    for _finder, name, package in pkgutil.walk_packages(web.__path__, "alongside.web."):
        if not package and "migrations" not in name:
            importlib.import_module(name)
    todo, found = [Worded], set()
    while todo:
        for one in todo.pop().__subclasses__():
            if one.__module__.startswith("alongside."):
                found.add(one)
            todo.append(one)
    return found


def nameless(forms):
    """The days and times whose label says nothing after “the”, and that have no other name."""
    return sorted(
        f"{form.__module__}.{form.__name__}.{name}"
        for form in forms
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, fields.CivilDate | fields.ClockTime)
        and (str(field.label).endswith("?") or str(field.label).startswith(NO_NAME))
        and not getattr(field, "called", "")
    )


def test_every_day_that_a_form_asks_for_has_a_name():
    found = every_form()
    assert Agree in found
    assert nameless(found) == []


def test_one_without_a_name_is_found():
    class Nameless(Form):
        died = fields.CivilDate(label="If they died: when?")

    assert nameless([Nameless]) == [f"{__name__}.Nameless.died"]


WITH = [("service:one", "One")]
THE_30TH_OF_FEBRUARY = {"until-day": "30", "until-month": "2", "until-year": "2027"}


@pytest.mark.parametrize(
    ("form", "says"),
    [
        (lambda sent: Refuse(sent, offered=WITH, colleagues=[]), "Choose to whom it is closed"),
        (lambda sent: CloseTo(sent, offered=WITH), "Choose who should not see your record"),
        (lambda sent: Agree(sent, recipients=[]), "Choose with whom to share"),
        (lambda sent: LetLook(sent, pack="uk"), "Enter the date of birth"),
        (lambda sent: LetLook(sent, pack="uk"), "Enter the last day"),
        (lambda sent: AskMore(sent), "Enter the last day"),
        (lambda sent: AskMore(sent | THE_30TH_OF_FEBRUARY), "The last day must be a real date, such as 27 3 1984"),
    ],
)
def test_what_the_sharing_pages_say(form, says):
    assert says in said(form({"submission_token": new_id("sub")}))


def label(form, name):
    """As it is drawn."""
    return form[name].as_field_group()


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (lambda: Agree(recipients=[]), "witness"),
        (lambda: Agree(recipients=[]), "share_pieces"),
        (lambda: Refuse(offered=WITH, colleagues=[]), "share_pieces"),
        (lambda: LetLook(pack="uk"), "agreed"),
    ],
)
def test_what_its_branch_asks_for_is_not_called_optional(form, name):
    drawn = label(form(), name)
    assert drawn
    assert "(optional)" not in drawn


def test_what_may_be_left_out_still_is():
    assert "(optional)" in label(Agree(recipients=[]), "share_without")
    assert "(optional)" in label(Agree(recipients=[]), "since")
