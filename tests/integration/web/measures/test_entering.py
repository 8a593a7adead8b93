"""A questionnaire entered by question: every instrument has its page, refusals stand beside the question."""

import re
from datetime import timedelta

import pytest

from alongside.definitions import value_sets
from alongside.definitions.instruments import instruments
from alongside.kernel import clock
from alongside.measures import actions, queries
from alongside.measures.rules import Context, Helper, Noticed
from alongside.safety import queries as risks
from tests import lives, tariffs
from tests.integration.web.visiting import browser, civil, statements, words

TODAY = civil("date", lives.NOW.date())
BY_QUESTION = [one.key for one in instruments() if one.by_items]


@pytest.fixture(autouse=True)
def _no_value_set_left():
    yield
    value_sets.use_sets_from(None)


@pytest.fixture
def path(life):
    return f"/people/{life.registration}/measures/enter/"


def results(life):
    return queries.results([life.registration], access=life.practitioner)


def phq9(last="0"):
    return {f"phq9_item{number}": "1" for number in range(1, 9)} | {"phq9_item9": last}


@pytest.mark.parametrize("key", BY_QUESTION)
def test_every_questionnaire_has_a_page_with_all_its_questions(therapist, path, key):
    answer = therapist.get(f"{path}{key}/")
    assert answer.status_code == 200
    measure = next(one for one in instruments() if one.key == key)
    page = answer.content.decode()
    assert [item.key for item in measure.items if f'name="{key}_{item.key}"' not in page] == []


@pytest.mark.parametrize("key", BY_QUESTION)
def test_no_page_shows_the_key_of_a_question(therapist, life, path, key):
    """On the page that asks, on one that refuses, and on those that say what was answered."""
    measure = next(one for one in instruments() if one.key == key)
    about = {f"{key}_substance": "alcohol"} if measure.per_substance else {}
    wrong = {f"{key}_{item.key}": "77" for item in measure.items}
    most = {f"{key}_{item.key}": str(max(item.counting)) for item in measure.items}
    shown = [words(therapist.send(f"{path}{key}/", **TODAY, **about, **given)) for given in ({}, wrong)]
    assert therapist.send(f"{path}{key}/", **TODAY, **about, **most).status_code == 302
    prompts = risks.open_prompts([life.registration], access=life.practitioner)
    answered = results(life)[0]
    kept = f"/measures/responses/{answered.id}/"
    told = [f"/people/{life.registration}/measures/", kept, f"{kept}correct/", *(f"/risk/{one.id}/" for one in prompts)]
    shown += [therapist.text(page) for page in told]
    raw = re.compile("|".join(rf"\b{item.key}\b" for item in measure.items))
    assert [raw.findall(page) for page in shown] == [[]] * len(shown)


def test_a_question_that_its_number_does_not_tell_apart_has_words_of_ours(therapist, life, path):
    said = therapist.text(f"{path}c_ssrs/")
    assert "Question 6 " in said
    assert "Question 6, in the last three months" in said
    fields = {f"c_ssrs_item{n}": "0" for n in range(1, 6)} | {"c_ssrs_item6": "1", "c_ssrs_item6_recent": "0"}
    sent = therapist.send(f"{path}c_ssrs/", **TODAY, **fields)
    assert "6: yes; Question 6, in the last three months: no" in therapist.text(sent.url)


def test_the_substance_is_not_called_optional_and_then_asked_for(therapist, path):
    asked = "Which substance is it about?"
    said = therapist.text(f"{path}sds/")
    assert asked in said
    assert f"{asked} (optional)" not in said
    answers = {f"sds_item{number}": "1" for number in range(1, 6)}
    assert "Say which substance" in words(therapist.send(f"{path}sds/", **TODAY, **answers))


def test_the_list_leads_to_every_one_of_them(therapist, life, path):
    page = therapist.get(f"/people/{life.registration}/measures/choose/").content.decode()
    assert [key for key in BY_QUESTION if f'href="{path}{key}/"' not in page] == []


def test_answers_are_saved_and_what_they_come_to_is_said(therapist, life, path):
    answer = therapist.send(f"{path}phq9/", **TODAY, **phq9())
    assert "Saved: PHQ-9 8, mild." in therapist.text(answer.url)
    assert results(life)[0].answers == (1, 1, 1, 1, 1, 1, 1, 1, 0)


def test_a_result_without_a_total_is_said_in_words(therapist, path):
    answers = {f"itq_p{number}": "2" for number in range(1, 10)} | {f"itq_c{number}": "0" for number in range(1, 10)}
    answer = therapist.send(f"{path}itq/", **TODAY, **answers)
    assert "Saved: ITQ Criteria of PTSD met." in therapist.text(answer.url)


def test_what_has_no_total_stands_on_the_page_in_words(therapist, life, path):
    therapist.send(f"{path}bam/", **TODAY, **{f"bam_item{n}": "0" for n in (1, 2, 3, 4, 6, 8)}, bam_item9="2")
    said = therapist.text(f"/people/{life.registration}/measures/")
    assert "Use 0" in said
    assert "In the last 30 days they were asked 23 questions (1 questionnaire)." in said


def test_a_profile_has_its_index_beside_it_where_there_is_a_value_set(therapist, life, path, tmp_path):
    answers = {f"eq5d5l_item{n}": "2" for n in range(1, 6)} | {"eq5d5l_vas": "70"}
    therapist.send(f"{path}eq5d5l/", **TODAY, **answers)
    measured = f"/people/{life.registration}/measures/"
    assert "index" not in therapist.text(measured)
    value_sets.use_sets_from(tariffs.written(tmp_path, tariffs.additive()))
    said = "22222 · index 0.88 by Nowhere 2020, not yet checked against its source · Health today, 0 to 100 70"
    assert said in therapist.text(measured)
    sent = therapist.send(f"{path}eq5d5l/", **TODAY, **answers)
    assert "Saved: EQ-5D-5L 22222, index 0.88 by Nowhere 2020" in therapist.text(sent.url)


def test_what_was_noticed_is_kept(therapist, life, path):
    noticed = {"intoxicated": "yes", "in_withdrawal": "no", "weeks_since_use": "0", "helper": "interpreter"}
    therapist.send(f"{path}gad7/", **TODAY, **{f"gad7_item{n}": "0" for n in range(1, 8)}, **noticed, language="bfi")
    [result] = results(life)
    assert (result.context.helper, result.context.language) == ("interpreter", "bfi")
    [kept] = queries.circumstances([life.registration], access=life.practitioner).values()
    assert kept == Context("bfi", Helper.INTERPRETER, noticed=Noticed(True, False, 0))


def test_what_was_answered_while_intoxicated_is_marked_on_the_chart(therapist, life, path):
    answers = {f"gad7_item{n}": "1" for n in range(1, 8)}
    therapist.send(f"{path}gad7/", **TODAY, **answers)
    page = f"/people/{life.registration}/"
    assert "al-chart__clouded" not in therapist.get(page).content.decode()
    therapist.send(f"{path}gad7/", **(TODAY | {"date-day": "5"}), **answers, intoxicated="yes")
    # PHQ-9 of the same minute, sober: what was noticed is said of the one response.
    therapist.send(f"{path}phq9/", **(TODAY | {"date-day": "5"}), **{f"phq9_item{n}": "0" for n in range(1, 10)})
    assert therapist.get(page).content.decode().count("al-chart__clouded") == 1
    told = therapist.text(page)
    assert "7 · mild · while intoxicated" in told
    assert told.count("· while intoxicated") == 1


def test_who_helped_and_in_which_language_stands_in_the_table_of_the_chart(therapist, life, path):
    answers = {f"gad7_item{n}": "1" for n in range(1, 8)}
    therapist.send(f"{path}gad7/", **TODAY, **answers, helper="interpreter", language="bfi")
    assert "7 · mild · with help: an interpreter; in British Sign Language" in therapist.text(
        f"/people/{life.registration}/"
    )


def test_a_question_about_self_harm_that_was_left_out_is_said(therapist, life, path):
    answers = {f"core10_item{n}": "1" for n in range(1, 11) if n != 6}
    answer = therapist.send(f"{path}core10/", **TODAY, **answers)
    said = therapist.text(answer.url)
    assert "The question about self-harm was not answered: ask them." in said
    assert "13.333" not in said


def test_how_they_were_stands_beside_the_score(therapist, life, path):
    noticed = {"intoxicated": "yes", "weeks_since_use": "1", "helper": "interpreter", "language": "bfi"}
    therapist.send(f"{path}gad7/", **TODAY, **{f"gad7_item{n}": "1" for n in range(1, 8)}, **noticed)
    said = therapist.text(f"/people/{life.registration}/measures/")
    assert "while intoxicated; 1 week after the last use; with help: an interpreter; in British Sign Language" in said
    [result] = results(life)
    assert result.context.mode == "in_room"


def test_answers_that_come_to_nothing_else_are_shown_themselves(therapist, life, path):
    fields = {"c_ssrs_item1": "1", "c_ssrs_item2": "1", "c_ssrs_item3": "0", "c_ssrs_item4": "0", "c_ssrs_item5": "0"}
    sent = therapist.send(f"{path}c_ssrs/", **TODAY, **fields, c_ssrs_item6="0")
    assert "1: yes; 2: yes; 3: no; 4: no; 5: no; 6: no" in therapist.text(sent.url)
    [prompt] = risks.open_prompts([life.registration], access=life.practitioner)
    shown = therapist.text(f"/risk/{prompt.id}/")
    assert "C-SSRS screener, question 1 yes" in shown
    assert "C-SSRS screener, question 2 yes" in shown
    assert "question 3" not in shown


def test_two_substances_are_two_courses(therapist, life, path):
    for substance, answer in (("alcohol", "3"), ("cannabis", "0")):
        fields = {f"sds_item{n}": answer for n in range(1, 6)} | {"sds_substance": substance}
        assert therapist.send(f"{path}sds/", **TODAY, **fields).status_code == 302
    for page in ("", "measures/"):
        said = therapist.text(f"/people/{life.registration}/{page}")
        assert "SDS, Alcohol" in said
        assert "SDS, Cannabis" in said
        assert "15 → 0" not in said


@pytest.mark.parametrize(("score", "said"), [("8", "brief"), ("20", "specialist assessment")])
def test_what_a_score_suggests_stands_beside_it_with_its_source(therapist, life, path, score, said):
    actions.record_response(
        registration=life.registration, instrument="audit", total=score, completed_at=lives.NOW, by=life.practitioner
    )
    shown = therapist.text(f"/people/{life.registration}/measures/")
    assert said in shown.lower()
    assert "NICE" in shown or "gov.uk" in shown


@pytest.mark.parametrize(
    ("key", "wrong", "says"),
    [
        ("gad7", {}, "Answer at least one question."),
        ("gad7", {"gad7_item1": "1"}, "This question is not answered"),
        ("gad7", {"gad7_item1": "9"}, "Choose one of the answers shown"),
        ("gad7", {"gad7_item1": "1", "date-day": "7"}, "must be today or in the past"),
        ("sds", {f"sds_item{n}": "1" for n in range(1, 6)}, "Say which substance SDS was asked about"),
        ("eq5d5l", {f"eq5d5l_item{n}": "1" for n in range(1, 6)} | {"eq5d5l_vas": "101"}, "101 is not an answer"),
        ("gad7", {f"gad7_item{n}": "1" for n in range(1, 8)} | {"language": "<b>"}, "Give the language as a code"),
        ("pc_ptsd_5", {"pc_ptsd_5_exposed": "0", "pc_ptsd_5_item2": "1"}, "does not fit the answer to “Question 1”"),
    ],
)
def test_bad_input_is_named_and_nothing_is_saved(therapist, life, path, key, wrong, says):
    answer = therapist.send(f"{path}{key}/", **(TODAY | wrong))
    assert answer.status_code == 200
    assert says in words(answer)
    assert results(life) == []


def test_goals_are_the_persons_own_words(therapist, path):
    said = therapist.text(f"{path}gas/")
    assert "The goals are the person's own words" in said
    assert "belong to their owner" not in said


def test_what_may_stay_open_can_be_emptied_again(therapist, path):
    """A chosen answer cannot be unchosen in a browser; PHQ-9 needs every answer, and CORE-10 may have one gap."""
    assert "No answer" not in therapist.text(f"{path}phq9/")
    assert therapist.text(f"{path}core10/").count("No answer") == 10


def test_an_answer_about_harm_becomes_a_task_or_is_talked_about(therapist, life, path):
    answer = therapist.send(f"{path}phq9/", **TODAY, **phq9("1"))
    assert "is now a task of yours" in therapist.text(answer.url)
    assert len(risks.open_prompts([life.registration], access=life.practitioner)) == 1
    therapist.send(f"{path}phq9/", **TODAY, **phq9("1"), risk_outcome="talked_about")
    assert risks.open_prompts([life.registration], access=life.practitioner) == []


STOPPED = "They did not want to go on: keep what they answered, without a score"


def test_whoever_would_not_go_on_has_answered_all_the_same(therapist, life, path):
    """An answer about self-harm above all is not thrown away with the score."""
    some = {"phq9_item1": "2", "phq9_item9": "3"}
    assert STOPPED not in therapist.text(f"{path}phq9/")
    refused = words(therapist.send(f"{path}phq9/", **TODAY, **some))
    assert STOPPED in refused
    assert "PHQ-9: 7 of 9 questions have no answer: 2, 3, 4, 5, 6, 7, 8" in refused
    answer = therapist.send(f"{path}phq9/", **TODAY, **some, phq9_unfinished="on")
    said = therapist.text(answer.url)
    assert "Saved: PHQ-9, not finished, 2 of 9 questions answered." in said
    assert "is now a task of yours" in said
    assert "not finished, 2 of 9 questions answered (1: 2; 9: 3)" in said
    [kept] = results(life)
    assert (kept.value, kept.band, kept.flags, kept.answers[8]) == (None, "", ("self_harm_item",), 3)
    assert len(risks.open_prompts([life.registration], access=life.practitioner)) == 1


def test_what_was_not_finished_is_put_right_with_the_rest_or_without(therapist, life, path):
    therapist.send(f"{path}phq9/", **TODAY, phq9_item1="2", phq9_unfinished="on")
    [kept] = results(life)
    correct = f"/measures/responses/{kept.id}/correct/"
    assert STOPPED in therapist.text(correct)
    how = TODAY | {"reason": "I had missed one"}
    refused = therapist.send(correct, **how, phq9_item1="2", phq9_item2="1")
    assert "7 of 9 questions have no answer" in words(refused)
    assert therapist.send(correct, **how, phq9_item1="2", phq9_item2="1", phq9_unfinished="on").status_code == 302
    [stands] = results(life)
    assert (stands.value, stands.answers[:3]) == (None, (2, 1, None))
    assert therapist.send(f"/measures/responses/{stands.id}/correct/", **how, **phq9()).status_code == 302
    assert [one.value for one in results(life)] == [8]


def test_one_form_is_saved_once(therapist, life, path):
    entered = therapist.hidden(f"{path}phq9/") | TODAY | phq9()
    for _ in range(2):
        therapist.post(f"{path}phq9/", entered)
    assert len(results(life)) == 1


def test_what_was_changed_on_a_page_that_was_sent_is_not_said_to_be_saved(therapist, life, path):
    hidden = therapist.hidden(f"{path}phq9/") | TODAY
    therapist.text(therapist.post(f"{path}phq9/", hidden | phq9()).url)
    said = therapist.text(therapist.post(f"{path}phq9/", hidden | phq9("3")).url)
    assert "If you changed anything on the page since, that is not saved." in said
    assert "task of yours" not in said
    assert "Saved: PHQ-9" not in said
    [stands] = results(life)
    assert (stands.value, stands.flags) == (8, ())


@pytest.mark.parametrize("key", ["top", "aor"])
def test_an_amount_on_no_day_of_use_is_refused_beside_it(therapist, life, path, key):
    days = {f"{key}_alcohol_week{week}": "0" for week in range(1, 5)}
    page = therapist.send(f"{path}{key}/", **TODAY, **days, **{f"{key}_alcohol_amount": "6"}).content.decode()
    assert f'href="#id_{key}_alcohol_amount"' in page
    assert "This does not fit the answer to “Alcohol, week 4: days, Alcohol, week 3: days, " in page
    assert results(life) == []
    therapist.send(f"{path}{key}/", **TODAY, **days, **{f"{key}_alcohol_amount": "0"})
    assert len(results(life)) == 1


@pytest.mark.parametrize("key", ["biq", "nothing"])
def test_what_has_no_questions_has_no_page(therapist, path, key):
    assert therapist.get(f"{path}{key}/").status_code == 404


def test_the_other_service_cannot_enter_here(world, path):
    assert browser(world.riverside, "keyworker").get(f"{path}phq9/").status_code == 404


class TestFromTheCalendar:
    """What was asked day by day is not asked again by week."""

    MONTH = {f"day{number}": "10" for number in range(1, 15)} | {f"day{number}": "8" for number in (15, 16, 17)}

    @pytest.fixture
    def tapped(self, therapist, life):
        path = f"/people/{life.registration}/measures/calendar/alcohol/"
        therapist.send(path, **self.MONTH, unit="units", rest_without="on")

    @staticmethod
    def boxes(page, key):
        return dict(re.findall(rf'name="{key}_(alcohol_\w+)" value="([^"]*)"', page))

    @pytest.mark.parametrize("key", ["top", "aor"])
    def test_days_by_week_and_the_amount_are_filled_in_and_it_is_said(self, therapist, path, tapped, key):
        answer = therapist.get(f"{path}{key}/")
        assert self.boxes(answer.content.decode(), key) == {
            "alcohol_week4": "0",
            "alcohol_week3": "3",
            "alcohol_week2": "7",
            "alcohol_week1": "7",
            "alcohol_amount": "9.65",
        }
        said = words(answer)
        assert "Filled in from the 28-day calendar: change what is different now." in said
        boxes = "Week 4, Week 3, Week 2, Week 1, On such a day"
        assert f"{boxes}: from the calendar to Thu 5 March" in said

    def test_they_may_be_changed_and_are_kept_as_they_were_changed(self, therapist, life, path, tapped):
        filled = self.boxes(therapist.get(f"{path}aor/").content.decode(), "aor")
        changed = {f"aor_{name}": value for name, value in (filled | {"alcohol_week4": "9"}).items()}
        said = words(therapist.send(f"{path}aor/", **TODAY, **changed))
        assert "Week 3, Week 2, Week 1, On such a day: from the calendar to Thu 5 March" in said
        assert "Week 4, Week 3" not in said
        therapist.send(f"{path}aor/", **TODAY, **(changed | {"aor_alcohol_week4": "2"}))
        assert results(life)[0].answers == (2, 3, 7, 7, "9.65")

    def test_a_calendar_serves_for_a_week_from_its_last_day(self, therapist, path, tapped):
        with clock.at(lives.NOW + timedelta(days=6)):
            assert "from the calendar" in therapist.text(f"{path}aor/")
        with clock.at(lives.NOW + timedelta(days=7)):
            assert "from the calendar" not in therapist.text(f"{path}aor/")

    def test_other_questionnaires_ask_for_no_calendar(self, therapist, path, tapped):
        page = statements(therapist, f"{path}gad7/")
        assert not any("usecalendar" in sql for sql in page)
        assert "calendar" not in therapist.text(f"{path}gad7/")


class TestFourWeeksOfASubstance:
    """Forty boxes one under the other are forty times “which was that”: what belongs together stands in a row."""

    def test_each_substance_is_a_row_with_its_weeks_as_the_form_has_them(self, therapist, path):
        page = therapist.get(f"{path}top/").content.decode()
        rows = page.split('class="al-weeks"')[1:]
        assert re.findall(r'name="top_(\w+)"', rows[0]) == [
            *(f"alcohol_week{number}" for number in (4, 3, 2, 1)),
            "alcohol_amount",
        ]
        assert len(rows) == 8

    def test_units_are_said_where_the_source_has_them(self, therapist, path):
        said = therapist.text(f"{path}top/")
        assert said.count("0 to 7 days") == 32
        assert said.count("0 to 999 units") == 1
        assert said.count("0 to 999 grams") == 5
        assert said.count("0 to 999 spliffs") == 1

    def test_every_box_still_has_its_whole_name(self, therapist, path):
        page = therapist.get(f"{path}top/").content.decode()
        assert "Alcohol, week 4: days</span>" in page
        assert "Cannabis: amount on a day of use</span>" in page

    def test_what_is_refused_says_which_week_it_was(self, therapist, path):
        answer = therapist.send(f"{path}top/", **TODAY, top_alcohol_week3="9")
        assert 'aria-describedby="id_top_alcohol_week3-error"' in answer.content.decode()
        assert words(answer).count("TOP: Alcohol, week 3: days") == 1

    def test_one_without_such_questions_is_drawn_as_before(self, therapist, path):
        assert "al-weeks" not in therapist.get(f"{path}phq9/").content.decode()
