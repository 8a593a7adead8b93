"""Forms: what they draw, what they refuse in which words, and that a refused act leaves nothing."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms as django_forms
from django.contrib.sessions.models import Session

from alongside.kernel import clock
from alongside.kernel.errors import Duplicate, Invalid, Several
from alongside.kernel.ids import new_id
from alongside.web.forms import Form, Query, fields


class Contact(Form):
    when = fields.CivilDate(label="Date of the contact", not_future=True)
    start = fields.ClockTime(label="Start", required=False)
    phq9 = fields.WholeNumber(label="PHQ-9 total", lowest=0, highest=27, required=False)
    mean = fields.ExactNumber(label="Mobility Inventory", lowest=1, highest=5, required=False)
    came = fields.Choice(
        label="Did they come?", choices=[("yes", "Came"), ("moved", "Moved")], reveals={"moved": "why"}
    )
    why = fields.Text(label="Why", required=False, max_length=10)
    note = fields.LongText(label="Note", required=False, help_text="The person may read this")


WELL = {"when-day": "3", "when-month": "3", "when-year": "2026", "came": "yes"}
NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon():
    with clock.at(NOON):
        yield


def sent(**changes: str) -> Contact:
    return Contact({"submission_token": new_id("sub"), **WELL, **changes})


def said(form: Contact) -> dict[str, str]:
    return {problem.href: problem.text for problem in form.problems()}


def test_what_is_well_filled_in_becomes_values():
    form = sent(start="9.30", phq9="14", mean="2.3")
    assert form.is_valid(), form.errors
    assert form.values["when"] == date(2026, 3, 3)
    assert f"{form.values['start']:%H:%M}" == "09:30"
    assert form.values["phq9"] == 14
    assert form.values["mean"] == Decimal("2.3")
    assert "submission_token" not in form.values


@pytest.mark.parametrize(
    ("day", "month", "year", "sentence"),
    [
        ("", "", "", "Enter the date of the contact"),
        ("3", "", "2026", "The date of the contact must include a month"),
        ("", "", "2026", "The date of the contact must include a day and a month"),
        ("31", "2", "2026", "The date of the contact must be a real date, such as 27 3 1984"),
        ("3", "13", "2026", "The date of the contact must be a real date, such as 27 3 1984"),
        (
            "3",
            "3",
            "26",
            "The date of the contact must have a year of 4 numbers, such as 1984",
        ),  # 1926 or 2026? never guessed
        ("1_2", "3", "2026", "The date of the contact must be a real date, such as 27 3 1984"),
        ("٣", "3", "2026", "The date of the contact must be a real date, such as 27 3 1984"),
        ("6", "3", "2026", "The date of the contact must be today or in the past"),
        ("31", "12", "1899", "The date of the contact must be 1 January 1900 or later"),
        ("1", "1", "0001", "The date of the contact must be 1 January 1900 or later"),
    ],
)
def test_each_way_of_getting_a_date_wrong_has_its_own_sentence(day, month, year, sentence):
    form = sent(**{"when-day": day, "when-month": month, "when-year": year})
    assert said(form) == {"#id_when-day": sentence}


@pytest.mark.parametrize("month", ["3", "03", "Mar", "march"])
def test_a_month_may_be_written_as_its_name(month):
    assert sent(**{"when-month": month}).is_valid()


def test_bounds_say_which_day_they_are():
    bounded = fields.CivilDate(label="End", earliest=date(2026, 1, 2), latest=date(2026, 1, 9))
    with pytest.raises(django_forms.ValidationError, match="The end must be 2 January 2026 or later"):
        bounded.clean(date(2026, 1, 1))
    with pytest.raises(django_forms.ValidationError, match="The end must be 9 January 2026 or earlier"):
        bounded.clean(date(2026, 1, 10))


@pytest.mark.parametrize("total", ["28", "-1", "14.0", "014", "fourteen", "1e1", "²"])
def test_a_total_is_plain_digits_in_range(total):
    assert said(sent(phq9=total)) == {"#id_phq9": "PHQ-9 total must be a whole number from 0 to 27"}


@pytest.mark.parametrize("clock_time", ["25:00", "9", "noon", "12:60"])
def test_a_time_is_on_the_clock(clock_time):
    assert said(sent(start=clock_time)) == {"#id_start": "The start must be a time such as 14:30"}


def test_refusals_stand_in_the_order_of_the_page():
    form = sent(came="", phq9="99", why="far too long to be kept")
    assert list(said(form)) == ["#id_phq9", "#id_came", "#id_why"]
    assert said(form)["#id_came"] == "Answer “Did they come?”"
    assert said(form)["#id_why"] == "Why must be 10 characters or fewer"


# --- what an action says lands where it belongs


def test_what_an_action_refuses_stands_beside_the_field_it_names(db):
    def refuses():
        raise Several(
            [Invalid("phq9", "Enter the nine answers first."), Invalid("elsewhere", "The episode has ended.")]
        )

    form = sent()
    assert form.attempt(refuses) is None
    assert said(form) == {"": "The episode has ended.", "#id_phq9": "Enter the nine answers first."}


def test_nothing_that_a_refused_action_began_is_kept(db):
    def begins_and_refuses():
        Session.objects.create(session_key="half", session_data="", expire_date=NOON)
        raise Invalid("note", "Write something.")

    assert sent().attempt(begins_and_refuses) is None
    assert not Session.objects.exists()


def test_the_same_submission_twice_gives_what_the_first_one_made(db):
    def repeated():
        raise Duplicate("You sent this twice.", existing="con_first")

    assert sent().attempt(repeated) == "con_first"


def test_an_action_is_not_tried_with_wrong_entries(db):
    tried = []
    assert sent(phq9="99").attempt(lambda: tried.append(1)) is None
    assert not tried


@pytest.mark.parametrize("token", ["", "sub_1", "con_00000000000000000000", "x" * 500])
def test_a_form_without_its_own_token_is_refused_for_the_whole_page(token):
    form = sent(submission_token=token)
    assert said(form) == {"": "This page is incomplete. Open it again and enter this once more."}


def test_a_refused_form_keeps_its_token_so_that_the_next_try_is_the_same_act():
    form = sent(phq9="99")
    token = form.data["submission_token"]
    assert form["submission_token"].value() == token


def test_two_openings_of_a_page_are_two_acts():
    assert Contact().initial["submission_token"] != Contact().initial["submission_token"]


def test_what_a_view_gives_as_initial_cannot_empty_the_hidden_fields():
    empty = dict.fromkeys(Contact.base_fields, "")
    form = Contact(initial=empty, version="3")
    assert (bool(form.initial["submission_token"]), form.initial["version"]) == (True, "3")
    assert empty["version"] == ""


def test_the_version_it_was_opened_at_goes_with_the_form():
    assert Contact(version=3)["version"].value() == 3
    assert "version" not in Query().fields


# --- what is drawn


def test_a_field_draws_its_label_hint_and_error_and_says_that_they_belong_to_it():
    form = sent(note="x" * 20_001)
    drawn = form["note"].as_field_group()
    assert '<label class="nhsuk-label" for="id_note">' in drawn
    assert "Note (optional)" in drawn
    assert 'aria-describedby="id_note-hint id_note-error"' in drawn
    assert 'id="id_note-error"' in drawn


def test_a_date_is_drawn_in_three_boxes_as_it_was_written():
    drawn = sent(**{"when-month": "Smarch"})["when"].as_field_group()
    assert 'id="id_when-day"' in drawn
    assert 'name="when-month" type="text" value="Smarch"' in drawn
    assert "<fieldset" in drawn


def test_a_date_given_at_first_is_written_into_the_boxes():
    drawn = Contact(initial={"when": date(2026, 3, 5)})["when"].as_field_group()
    assert 'name="when-year" type="text" value="2026"' in drawn


def test_a_revealed_field_is_drawn_inside_the_answer_that_asks_for_it_and_nowhere_else():
    drawn = Contact().render()
    assert drawn.count('id="id_why"') == 1
    assert drawn.index('id="conditional-id_came-2"') < drawn.index('id="id_why"')


def test_what_was_written_is_escaped():
    drawn = sent(note="</textarea><script>alert(1)</script>")["note"].as_field_group()
    assert "<script>" not in drawn


def test_a_chosen_answer_stays_chosen():
    assert 'value="yes" checked' in sent(phq9="99")["came"].as_field_group()
