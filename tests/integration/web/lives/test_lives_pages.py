"""Events and changes of medicine on the pages: added, listed, put right, and on the time line with its table."""

import re
from datetime import date, timedelta

import pytest

from alongside.definitions import policy
from alongside.lives import actions as events
from alongside.lives import queries as happened
from alongside.lives.rules import Told
from alongside.medication import actions as medicines
from alongside.medication import queries as changed
from alongside.medication.rules import Told as Changed
from alongside.people.rules import Correcting
from alongside.sharing import actions as sharing
from tests import factories, lives
from tests.integration.listings import listed
from tests.integration.web.visiting import browser, civil, cost, words

TODAY = lives.NOW.date()
DAY = timedelta(days=1)
WHY = Correcting("A slip of the pen")
EVENT = {"kind": "housing_lost", "words": "Evicted", "source": "person", "certainty": "certain"}
MEDICINE = {"medicine": "Sertraline", "what": "started", "dose": "50 mg", "source": "prescriber"}


@pytest.fixture
def life(world):
    return lives.seen(lives.joint(world, given_name="Amira", family_name="Khan"))


@pytest.fixture
def page(life):
    return f"/people/{life.registration}/events/"


@pytest.fixture
def keyworker(world):
    return browser(world.riverside, "keyworker")


def happen(life, kind="housing_lost", day=TODAY - DAY, **told):
    return events.record(registration=life.registration, told=Told(kind, day, **told), by=life.practitioner)


def change(life, what="started", day=TODAY - DAY, dose="50 mg"):
    told = Changed("Sertraline", what, day, dose)
    return medicines.record(registration=life.registration, told=told, by=life.practitioner)


def events_of(life):
    return listed(happened.listing([life.registration], access=life.practitioner))


def changes_of(life):
    return listed(changed.listing([life.registration], access=life.practitioner))


def share(life, *kinds):
    to = f"service:{life.keyworker.service}"
    choice = factories.choice(policy.categories_mask("identity", "team", *kinds), recipient=to)
    sharing.agree(registration=life.registration, choice=choice, by=life.practitioner)


def test_the_warning_tells_the_other_service_nothing_that_is_closed_to_it(life, keyworker):
    happen(life, "withdrawal_seizure")
    page = f"/people/{life.there}/"
    share(life, "assessment")
    assert "stopping before" not in keyworker.text(page)
    share(life, "assessment", "use_pattern")
    assert "has had a seizure when stopping before" in keyworker.text(page)


class TestThePage:
    def test_where_nothing_is_written_it_says_what_to_ask(self, therapist, page):
        said = therapist.text(page)
        assert "No event is written down yet that you may see. Ask what happened lately" in said
        assert "No change of medicine is written down yet that you may see. Ask what they take" in said
        assert "Do not prescribe by it." in said
        assert "There may be more: ask the person." in said

    def test_it_says_all_that_was_told(self, therapist, life, page):
        ended = {"end": TODAY - 5 * DAY, "certainty": "day_unsure", "source": "record", "words": "Two wards"}
        happen(life, "admission", TODAY - 9 * DAY, **ended)
        change(life)
        said = therapist.text(page)
        assert "Stay in hospital , until 1 March 2026, the day is a guess 9 days ago, Wed 25 February Two wards" in said
        assert "A letter or another record · you" in said
        assert "Sertraline started , 50 mg yesterday, Thu 5 March" in said

    def test_the_other_service_reads_what_the_person_opened_and_changes_none_of_it(self, keyworker, life):
        happen(life)
        change(life)
        path = f"/people/{life.there}/events/"
        answer = keyworker.get(path)
        assert "Home lost" in words(answer)
        assert "Sertraline started" in words(answer)
        assert "Northside Talking Therapies" in words(answer)
        assert "/correct/" not in answer.content.decode()

    def test_what_is_closed_reads_like_what_was_never_said(self, keyworker, life):
        nothing = keyworker.text(f"/people/{life.there}/events/")
        happen(life, "arrest")  # of a kind that is in no bundle
        assert keyworker.text(f"/people/{life.there}/events/") == nothing
        share(life, "appointments")
        happen(life)
        change(life)
        assert keyworker.text(f"/people/{life.there}/events/") == nothing

    def test_it_costs_the_same_however_much_happened(self, therapist, life, page):
        happen(life)
        change(life)
        before = cost(therapist, page)
        for days in range(2, 6):
            happen(life, day=TODAY - days * DAY)
            change(life, day=TODAY - days * DAY)
        assert cost(therapist, page) == before <= 12

    def test_the_desk_has_no_such_page(self, world, page):
        assert browser(world.northside, "administrator", "administration").get(page).status_code in (403, 404)

    @pytest.mark.parametrize("form", ["events/", "events/record/", "medicines/record/"])
    def test_a_stranger_finds_nobody(self, life, form):
        other = browser(factories.partnership().northside, "therapist")
        assert other.get(f"/people/{life.registration}/{form}").status_code == 404


class TestAdding:
    def test_both_are_under_add(self, therapist, life):
        answer = therapist.get(f"/people/{life.registration}/").content.decode()
        assert f'href="/people/{life.registration}/events/record/"' in answer
        assert f'href="/people/{life.registration}/medicines/record/"' in answer

    def test_an_event(self, therapist, life, page):
        answer = therapist.send(f"{page}record/", **EVENT, **civil("start", TODAY), follow=True)
        assert "Saved. It stands on the time line, too." in words(answer)
        [found] = events_of(life)
        assert (found.kind, found.start, found.end, found.words) == ("housing_lost", TODAY, None, "Evicted")

    def test_a_change_of_medicine(self, therapist, life):
        path = f"/people/{life.registration}/medicines/record/"
        therapist.send(path, **MEDICINE, **civil("day", TODAY))
        [found] = changes_of(life)
        assert (found.medicine, found.what, found.dose, found.source) == (
            "Sertraline",
            "started",
            "50 mg",
            "prescriber",
        )

    @pytest.mark.parametrize("form", ["events/record/", "medicines/record/"])
    def test_it_was_today_and_they_said_so_themselves_unless_somebody_says_otherwise(self, therapist, life, form):
        drawn = therapist.get(f"/people/{life.registration}/{form}").content.decode()
        assert re.search(r'name="(start|day)-day"[^>]*value="6"', drawn)
        assert re.search(r'value="person"[^>]*checked', drawn)

    def test_the_same_page_sent_twice_is_one(self, therapist, life, page):
        sent = therapist.hidden(f"{page}record/") | EVENT | civil("start", TODAY)
        for _twice in range(2):
            assert therapist.post(f"{page}record/", sent).status_code == 302
        assert len(events_of(life)) == 1

    def test_an_event_form_says_who_may_read_it(self, therapist, page):
        assert "Notes of my sessions : Arrest" in therapist.text(f"{page}record/")

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"kind": ""}, "Answer “What happened?”"),
            (civil("start", TODAY + DAY), "must be today or in the past"),
            (civil("end", TODAY - 9 * DAY), "The last day is before the first."),
        ],
    )
    def test_what_is_wrong_with_an_event_is_said(self, therapist, life, page, changes, said):
        answer = therapist.send(f"{page}record/", **EVENT | civil("start", TODAY) | changes)
        assert said in words(answer)
        assert events_of(life) == []

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"medicine": ""}, "Answer “Which medicine?”"),
            ({"what": ""}, "Answer “What changed?”"),
            ({"what": "dose_changed", "dose": ""}, "Enter the new dose."),
            ({"what": "stopped"}, "No dose is left of a medicine that was stopped."),
        ],
    )
    def test_what_is_wrong_with_a_change_is_said(self, therapist, life, changes, said):
        path = f"/people/{life.registration}/medicines/record/"
        answer = therapist.send(path, **MEDICINE | civil("day", TODAY) | changes)
        assert said in words(answer)
        assert changes_of(life) == []


class TestPuttingRight:
    @pytest.fixture
    def made(self, life):
        return happen(life), change(life)

    def test_an_event(self, therapist, life, made):
        entered = EVENT | {"kind": "work_lost", "reason": "It was the job"} | civil("start", TODAY)
        answer = therapist.send(f"/events/{made[0]}/correct/", **entered, follow=True)
        assert "Put right. The earlier entry is kept and no longer shown." in words(answer)
        assert [one.kind for one in events_of(life)] == ["work_lost"]

    def test_a_change_of_medicine(self, therapist, life, made):
        entered = MEDICINE | {"dose": "25 mg", "reason": "Misheard"} | civil("day", TODAY)
        therapist.send(f"/medicines/{made[1]}/correct/", **entered)
        assert [one.dose for one in changes_of(life)] == ["25 mg"]

    def test_what_stood_is_there_to_be_changed(self, therapist, made):
        event, medicine = (therapist.get(f"/{one}/correct/").content.decode() for one in _addresses(made))
        assert re.search(r'value="housing_lost"[^>]*selected', event)
        assert re.search(r'name="start-day"[^>]*value="5"', event)
        assert re.search(r'value="started"[^>]*checked', medicine)
        assert 'value="50 mg"' in medicine

    @pytest.mark.parametrize("place", [0, 1])
    def test_about_somebody_else(self, therapist, life, made, place):
        address = _addresses(made)[place]
        answer = therapist.send(f"/{address}/wrong-person/", reason="Another Khan", follow=True)
        assert "Taken out of this record." in words(answer)
        read = [
            events_of(life),
            changes_of(life),
        ]
        assert read[place] == []

    @pytest.mark.parametrize("act", ["correct", "wrong-person"])
    @pytest.mark.parametrize("place", [0, 1])
    def test_who_had_seen_it_is_named(self, therapist, keyworker, life, made, place, act):
        keyworker.get(f"/people/{life.there}/events/")
        assert "Keyworker" in therapist.text(f"/{_addresses(made)[place]}/{act}/")

    @pytest.mark.parametrize("place", [0, 1])
    def test_whoever_comes_second_is_led_to_what_stands(self, therapist, life, made, page, place):
        act = (events.wrong_person, medicines.wrong_person)[place]
        act(**{("event", "change")[place]: made[place]}, why=WHY, by=life.practitioner)
        answer = therapist.get(f"/{_addresses(made)[place]}/correct/")
        assert (answer.status_code, answer.url) == (302, page)

    @pytest.mark.parametrize("place", [0, 1])
    def test_without_a_reason_nothing_changes(self, therapist, life, made, place):
        answer = therapist.send(f"/{_addresses(made)[place]}/wrong-person/", reason=" ")
        assert answer.status_code == 200
        assert events_of(life)
        assert changes_of(life)

    @pytest.mark.parametrize("act", ["correct", "wrong-person"])
    @pytest.mark.parametrize("place", [0, 1])
    def test_the_other_service_cannot(self, keyworker, made, place, act):
        assert keyworker.get(f"/{_addresses(made)[place]}/{act}/").status_code == 404


def _addresses(made):
    return f"events/{made[0]}", f"medicines/{made[1]}"


class TestTheTimeLine:
    def test_both_have_a_mark_with_a_number_that_a_list_explains(self, therapist, life):
        happen(life, "bereavement", TODAY - 10 * DAY, words="Her mother")
        change(life, day=TODAY - 5 * DAY)
        drawn = therapist.get(f"/people/{life.registration}/").content.decode()
        marks = drawn.partition('class="al-chart__notes"')[2].partition("</g>")[0]
        assert re.findall(r"<title>(.*?)</title>", marks) == [
            "Death of somebody close, Her mother",
            "Sertraline started, 50 mg",
        ]
        assert re.findall(r">(\d+)</text>", marks) == ["1", "2"]
        listed = re.sub(r"<.*?>", "", drawn.partition('class="al-chart__explained"')[2].partition("</ol>")[0])
        first, second = (line.strip() for line in listed.partition(">")[2].strip().splitlines() if line.strip())
        assert first == "■ Death of somebody close, Her mother 24 February 2026, Northside Talking Therapies"
        assert second == "✚ Sertraline started, 50 mg 1 March 2026, Northside Talking Therapies"

    def test_the_other_services_mark_is_hollow(self, keyworker, life):
        change(life)
        drawn = keyworker.get(f"/people/{life.there}/").content.decode()
        assert 'class="al-chart__other" d="M' in drawn.partition('class="al-chart__notes"')[2]

    def test_the_table_has_all_that_the_chart_has(self, therapist, life):
        happen(life, "bereavement", TODAY - 10 * DAY)
        change(life)
        drawn = therapist.get(f"/people/{life.registration}/").content.decode()
        table = drawn.partition("The same as a table")[2].partition("</table>")[0]
        svg = drawn.partition('<svg class="al-chart"')[2].partition("</svg>")[0]
        marked = re.findall(r"<title>(.*?)</title></path>", svg)
        assert len(marked) > 4
        for title in marked:
            assert f"<td>{title.partition(',')[0]}</td>" in table

    def test_they_stand_in_what_happened_by_their_day(self, therapist, life):
        happen(life)
        said = therapist.text(f"/people/{life.registration}/").partition("What happened")[2]
        assert "yesterday, Thu 5 March Home lost Northside Talking Therapies" in said

    def test_what_was_long_ago_is_in_the_table_alone(self, therapist, life):
        happen(life, day=date(1999, 5, 1))
        answer = therapist.get(f"/people/{life.registration}/")
        assert "1 event or change of medicine long before this is in the table alone." in words(answer)
        assert "Sat 1 May 1999" in words(answer)
        assert "al-chart__explained" not in answer.content.decode()

    def test_what_is_closed_changes_nothing_on_it(self, keyworker, life):
        path = f"/people/{life.there}/"
        share(life, "mood_scores", "appointments")
        before = keyworker.text(path)
        happen(life, "overdose")
        happen(life, "arrest")
        change(life)
        assert keyworker.text(path) == before

    def test_they_cost_the_persons_page_nothing(self, therapist, life):
        path = f"/people/{life.registration}/"
        before = cost(therapist, path)
        for days in range(1, 5):
            happen(life, day=TODAY - days * DAY)
            change(life, day=TODAY - days * DAY)
        assert cost(therapist, path) == before <= 16
