"""A questionnaire put right: by its questions where it was entered by them, with what it was before to be read."""

import pytest

from alongside.definitions.instruments import instruments
from alongside.evaluation.record import tables
from alongside.measures import actions, queries
from alongside.measures.rules import Context, Helper, Mode, Noticed
from alongside.safety import queries as risks
from tests import lives
from tests.integration.web.visiting import browser, civil, words
from tests.spec import instrument_cases as cases

YESTERDAY = lives.NOW - lives.WEEK / 7
DAY = civil("date", YESTERDAY)
BEFORE = [1] * 8 + [0]
HARM = "Thoughts that you would be better off dead or of hurting yourself in some way"
OWED = "is now a task of yours"
BY_QUESTION = sorted({case.instrument for case in cases.every() if case.answers is not None})


@pytest.fixture
def life(world):
    return lives.treated(world.northside, given_name="Amira", family_name="Khan")


@pytest.fixture
def answered(life):
    def record(key="phq9", answers=BEFORE, **changes):
        usual = {"registration": life.registration, "completed_at": YESTERDAY, "by": life.practitioner}
        return actions.record_response(instrument=key, answers=answers, harm=False, **usual | changes)

    return record


def form(answers, key="phq9", **more):
    measure = next(one for one in instruments() if one.key == key)
    given = zip(measure.items, answers, strict=True)
    fields = {f"{key}_{item.key}": "" if value is None else str(value) for item, value in given}
    return fields | DAY | {"reason": "The paper says otherwise"} | more


def at(response):
    return f"/measures/responses/{response}/correct/"


def result(life):
    [found] = queries.results([life.registration], access=life.practitioner)
    return found


def open_prompts(life):
    return risks.open_prompts([life.registration], access=life.practitioner)


class TestTheForm:
    @pytest.mark.parametrize("key", BY_QUESTION)
    def test_every_questionnaire_is_filled_with_what_was_answered(self, therapist, life, answered, key):
        case = next(one for one in cases.of(key) if one.answers is not None and one.status.startswith("scored"))
        old = answered(key, case.answers, **({"substance": "alcohol"} if key == "sds" else {}))
        assert at(old) in therapist.get(f"/people/{life.registration}/measures/").content.decode()
        page = therapist.get(at(old)).content.decode()
        measure = next(one for one in instruments() if one.key == key)
        for item, value in zip(measure.items, result(life).answers, strict=True):
            chosen = _chosen(page, f"{key}_{item.key}")
            assert chosen == ("" if value is None else str(value)) or (value is None and chosen is None), item.key

    def test_what_was_said_beside_the_answers_is_there_too(self, therapist, answered):
        noticed = Noticed(intoxicated=True, weeks_since_use=3)
        old = answered("sds", [1] * 5, substance="cannabis", context=Context("cy", Helper.WORKER, Mode.PAPER, noticed))
        page = therapist.get(at(old)).content.decode()
        for chosen in ('value="cannabis" selected', 'value="worker" selected', 'value="yes" selected'):
            assert chosen in page
        assert _chosen(page, "language") == "cy"
        assert _chosen(page, "weeks_since_use") == "3"

    def test_a_question_that_may_be_left_out_can_be_emptied_again(self, therapist, life, answered):
        old = answered("c_ssrs", [1, 1, 1, 0, 0, 0, None])
        therapist.send(at(old), **form([1, 0, None, None, None, 0, None], "c_ssrs"))
        assert result(life).answers == (1, 0, None, None, None, 0, None)
        assert "No answer" not in therapist.text(at(answered("gad7", [1] * 7)))

    def test_a_total_is_put_right_as_a_total(self, therapist, life, answered):
        old = answered(answers=None, total="9")
        assert "phq9_item1" not in therapist.get(at(old)).content.decode()
        answer = therapist.send(
            at(old), **DAY, phq9="9", phq9_item1="3", phq9_harm="yes", reason="The tick was forgotten"
        )
        assert OWED in therapist.text(answer.url)
        assert result(life).flags == ("self_harm_item",)
        assert "Another total takes nothing of that back" in therapist.text(at(result(life).id))

    def test_a_total_is_spelt_as_it_must_be(self, therapist, life, answered):
        old = answered("mi", None, total="2.0")
        assert _chosen(therapist.get(at(old)).content.decode(), "mi") == "2.0"
        assert therapist.send(at(old), **DAY, mi="2.0", reason="The day was right").status_code == 200
        assert therapist.send(at(old), **DAY, mi="", reason="It was empty").status_code == 200
        assert result(life).id == old


def _chosen(page, name):
    """What a browser would send for a field of the page; None for a question without an answer."""
    from html.parser import HTMLParser

    class Inputs(HTMLParser):
        found = None

        def handle_starttag(self, tag, attributes):
            told = dict(attributes)
            if tag == "input" and told.get("name") == name and (told.get("type") != "radio" or "checked" in told):
                self.found = told.get("value") or ""

    parser = Inputs()
    parser.feed(page)
    return parser.found


class TestSaving:
    def test_the_answers_are_scored_anew_and_it_says_what_they_come_to(self, therapist, life, answered):
        answer = therapist.send(at(answered()), **form([2] * 8 + [0]))
        assert "Put right: PHQ-9 16, moderately severe." in therapist.text(answer.url)
        assert (result(life).value, result(life).band) == (16, "moderately_severe")
        assert result(life).at == YESTERDAY

    def test_the_day_the_substance_and_how_they_were(self, therapist, life, answered):
        old = answered("sds", [1] * 5, substance="cannabis", context=Context(mode=Mode.REMOTE))
        fields = {"sds_substance": "alcohol", "in_withdrawal": "yes", "weeks_since_use": "0", "helper": "relative"}
        day = civil("date", lives.NOW - lives.WEEK)
        therapist.send(at(old), **(form([1] * 5, "sds") | day | fields))
        found = result(life)
        assert (found.substance, found.context.helper, found.context.mode) == ("alcohol", "relative", "remote")
        assert found.at.date() == (lives.NOW - lives.WEEK).date()
        assert [
            one.noticed for one in queries.circumstances([life.registration], access=life.practitioner).values()
        ] == [Noticed(None, True, 0)]

    def test_one_form_is_one_correction(self, therapist, life, answered):
        old = answered()
        entered = therapist.hidden(at(old)) | form([2] * 9)
        for _ in range(2):
            assert therapist.post(at(old), entered).status_code == 302
        assert len(queries.history(old, access=life.practitioner)) == 2

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({}, "Nothing to put right: the answers are as they were."),
            ({"phq9_item1": "2", "reason": ""}, "Answer “What was wrong?”"),
            ({"phq9_item1": "7"}, "Choose one of the answers shown"),
            ({"phq9_item1": ""}, "This question is not answered"),
            ({f"phq9_item{n}": "" for n in range(1, 10)}, "Answer at least one question."),
            ({"phq9_item1": "2"} | civil("date", lives.NOW + lives.WEEK), "must be today or in the past"),
            ({"language": "<b>"}, "Give the language as a code"),
            ({"weeks_since_use": "-1"}, "must be a whole number from 0"),
            ({"phq9_item1": "2", "risk_outcome": "talked_about"}, "Nothing about self-harm waits for a conversation"),
            ({"phq9_item9": "1", "risk_outcome": "escalated"}, "Say to whom"),
        ],
    )
    def test_bad_input_is_named_and_nothing_is_changed(self, therapist, life, answered, wrong, says):
        old = answered()
        answer = therapist.send(at(old), **(form(BEFORE) | wrong))
        assert answer.status_code == 200
        assert says in words(answer)
        assert result(life).id == old
        assert open_prompts(life) == []

    def test_who_comes_second_keeps_what_they_chose(self, therapist, life, answered):
        old = answered()
        second = therapist.hidden(at(old)) | form([3] * 9, reason="I heard three")
        therapist.send(at(old), **form([2] * 8 + [0]))
        page = therapist.post(at(old), second)
        assert "Somebody has already put this right." in words(page)
        assert _chosen(page.content.decode(), "phq9_item1") == "3"
        assert f'href="{at(result(life).id)}"' in page.content.decode()
        assert (result(life).value, open_prompts(life)) == (16, [])

    def test_only_the_service_that_recorded_it(self, world, answered):
        assert browser(world.riverside, "keyworker").get(at(answered())).status_code == 404


class TestSelfHarm:
    def test_more_than_it_was_becomes_a_task(self, therapist, life, answered):
        answer = therapist.send(at(answered()), **form([*BEFORE[:8], 2]))
        assert OWED in therapist.text(answer.url)
        [prompt] = open_prompts(life)
        assert "More than half the days" in therapist.text(f"/risk/{prompt.id}/")

    def test_or_is_talked_about_in_the_same_form(self, therapist, life, answered):
        old = answered()
        assert "say what came of the conversation" in therapist.text(at(old))
        answer = therapist.send(at(old), **form([*BEFORE[:8], 2], risk_outcome="safety_plan_made"))
        assert OWED not in therapist.text(answer.url)
        assert [one.outcome for one in risks.prompts([life.registration], access=life.practitioner)] == [
            "safety_plan_made"
        ]

    def test_a_page_half_filled_in_asks_for_it_all_the_same(self, therapist, answered):
        page = therapist.send(at(answered()), **form(["", *BEFORE[1:8], 2]))
        assert "now says more than it did" in words(page)

    def test_what_is_taken_away_is_owed_all_the_same_and_the_page_says_so(self, therapist, life, answered):
        old = answered(answers=[*BEFORE[:8], 2])
        [prompt] = open_prompts(life)
        page = therapist.get(at(old))
        assert "Putting an answer right does not close it" in words(page)
        assert f'href="/risk/{prompt.id}/"' in page.content.decode()
        answer = therapist.send(at(old), **form(BEFORE))
        assert "the conversation about it is still owed" in therapist.text(answer.url)
        said = therapist.text(f"/risk/{prompt.id}/")
        assert HARM in said
        assert "This stood there before somebody put it right. That closes nothing by itself" in said
        therapist.send(f"/risk/{prompt.id}/", risk_outcome="talked_about")
        assert open_prompts(life) == []

    def test_what_stays_is_not_asked_for_again(self, therapist, life, answered):
        old = answered(answers=[*BEFORE[:8], 2])
        answer = therapist.send(at(old), **form([0, *BEFORE[1:8], 2]))
        said = therapist.text(answer.url)
        assert OWED not in said
        assert "still owed" not in said
        assert len(open_prompts(life)) == 1

    def test_nothing_is_said_of_it_where_nobody_asked(self, therapist, answered):
        assert "self-harm" not in therapist.text(at(answered("gad7", [1] * 7)))


def test_everybody_reads_what_stands_now(world, therapist, life, answered):
    """The chart, the caseload and the evaluation."""
    old = answered(episode=life.episode)
    assert "PHQ-9: 8." in therapist.get(f"/people/{life.registration}/").content.decode()
    noticed = {"intoxicated": "yes", "weeks_since_use": "1", "helper": "interpreter"}
    therapist.send(at(old), **form([2] * 8 + [0], **noticed))
    chart = therapist.get(f"/people/{life.registration}/").content.decode()
    assert "PHQ-9: 16." in chart
    assert chart.count("al-chart__clouded") == 1
    assert "16" in therapist.text("/caseload/").partition("Amira Khan")[2][:200]
    evaluator = world.northside.sign_in("evaluator", "evaluation")
    [row] = tables(evaluator)["scores"].to_pyarrow().to_pylist()
    assert (row["instrument"], row["score"], row["clouded"]) == ("phq9", 16, True)
    assert (row["helped"], row["weeks_since_use"]) == (True, 1)


class TestHistory:
    def test_who_put_what_right_when_and_why(self, therapist, life, answered):
        old = answered(context=Context("cy"))
        therapist.send(at(old), **form([2, *BEFORE[1:]], language="", told_others="Amira, by telephone"))
        measures = therapist.get(f"/people/{life.registration}/measures/").content.decode()
        path = f"/measures/responses/{result(life).id}/"
        assert f'href="{path}"' in measures
        said = therapist.text(path)
        for part in (
            "What stands now",
            "The paper says otherwise",
            "Told: Amira, by telephone",
            "1 Several days → became 2 More than half the days",
            "in Welsh → became –",
            "All of it as it stood",
        ):
            assert part in said
        assert therapist.get(f"/measures/responses/{old}/").status_code == 200

    def test_a_total_has_its_history_too(self, therapist, life, answered):
        therapist.send(at(answered(answers=None, total="9")), **DAY, phq9="12", reason="A slip")
        assert "Total 9 → became 12" in therapist.text(f"/measures/responses/{result(life).id}/")

    def test_what_was_never_put_right_says_so(self, therapist, life, answered):
        old = answered("eq5d5l", [1, 1, 2, 1, 1, 80])
        said = therapist.text(f"/measures/responses/{old}/")
        assert "Nothing stood there before that you may see." in said
        assert (
            f'/measures/responses/{old}/"'
            not in therapist.get(f"/people/{life.registration}/measures/").content.decode()
        )

    def test_it_is_not_there_for_somebody_it_is_closed_to(self, world, therapist, life, answered):
        therapist.send(at(answered()), **form([2] * 8 + [0]))
        new = result(life).id
        assert browser(world.riverside, "keyworker").get(f"/measures/responses/{new}/").status_code == 404
        therapist.send(f"/measures/{new}/wrong-person/", reason="Another Amira")
        assert therapist.get(f"/measures/responses/{new}/").status_code == 404
