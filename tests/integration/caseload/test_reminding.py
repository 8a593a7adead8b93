"""A reminder goes once, a day before a contact, to whoever may still answer and called it safe; and the list of what is
due."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from click.testing import CliRunner

from alongside.access.context import Access
from alongside.caseload import actions, queries
from alongside.cli.main import main
from alongside.consent import queries as consents
from alongside.contacts import actions as contacts
from alongside.kernel import clock
from alongside.measures import actions as measures
from alongside.measures import queries as measured
from alongside.organisations.models import Service
from alongside.people import actions as people
from alongside.people import queries as persons
from alongside.post import queries as post
from alongside.sharing import actions as sharing
from tests import factories, lives

pytestmark = pytest.mark.django_db

SYSTEM = Access.system("tick")
NOW = lives.NOW  # a Friday at three
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SAFE = {"phone": "07700 900123", "text_is_safe": True, "given_name": "Amira"}


@pytest.fixture(autouse=True)
def _friday_afternoon(messages_leave):
    with clock.at(NOW):
        yield


@pytest.fixture
def northside():
    with clock.at(NOW - 20 * lives.WEEK):
        return factories.partnership().northside


@pytest.fixture
def life(northside):
    return lives.treated(northside, **SAFE)


@pytest.fixture
def contact(life):
    return lives.planned(life, NOW + 3 * DAY)


@pytest.fixture
def asked(life):
    return measures.ask(
        registration=life.registration, instruments=["phq9", "gad7"], channel="sms", by=life.practitioner
    )


def letters():
    return [kept.text for kept in reversed(post.mailbox(access=SYSTEM))]


def at(moment: datetime):
    with clock.at(moment):
        return actions.send_messages(by=SYSTEM)


class TestTheFirstMessage:
    def test_it_carries_a_link_that_opens(self, life, asked):
        assert at(NOW).sent == 1
        [text] = letters()
        assert "https://questions.example.org/answer/" in text
        token = text.partition("/answer/")[2].partition("/")[0]
        assert measures.open_link(token=token, born=date(1988, 5, 17), by=Access.public()) == asked
        assert "Northside" not in text
        assert "The page works until 12 March 2026." in text  # of a link that ends on the 13th at three

    def test_its_days_and_times_are_those_of_where_the_service_is(self, life, contact, asked):
        Service.objects.filter(pk=life.practitioner.service).update(zone="Pacific/Auckland")
        at(NOW)
        at(NOW + 2 * DAY)
        assert "The page works until 13 March 2026." in letters()[0]  # three in the afternoon is four in the morning
        assert "We meet on 10 March 2026 at 04:00." in letters()[1]

    def test_the_service_is_named_where_the_person_said_so(self, life, asked):
        identity, version = persons.identity(life.registration, access=life.practitioner)
        changed = replace(identity, may_name_us=True)
        people.correct_identity(registration=life.registration, identity=changed, version=version, by=life.practitioner)
        at(NOW)
        assert letters()[0].startswith("This is from Northside Talking Therapies.")

    def test_what_was_taken_back_in_time_never_leaves(self, life, asked):
        measures.withdraw_ask(ask=asked, by=life.practitioner)
        assert at(NOW).sent == 0
        assert letters() == []


class TestAReminder:
    def test_it_goes_once_a_day_before(self, contact, asked):
        at(NOW)
        assert at(NOW + 2 * DAY - HOUR).sent == 0  # not yet
        assert at(NOW + 2 * DAY).sent == 1
        assert at(NOW + 2 * DAY + HOUR).sent == 0
        assert "We meet on 9 March 2026 at 15:00." in letters()[-1]
        assert letters()[0].partition("/answer/")[2][:22] != letters()[1].partition("/answer/")[2][:22]

    def test_whoever_has_answered_is_left_alone(self, contact, asked):
        at(NOW)
        for place in range(1, 17):
            measures.answer(asked=asked, place=place, written="0", by=Access.link(asked))
        measures.send(asked=asked, by=Access.link(asked))
        assert at(NOW + 2 * DAY).sent == 0

    def test_nobody_is_reminded_of_what_was_cancelled(self, contact, asked, life):
        at(NOW)
        contacts.cancel(contact=contact, attendance="cancelled_by_person", by=life.practitioner)
        assert at(NOW + 2 * DAY).sent == 0

    def test_nor_of_a_contact_that_is_cancelled_before_the_message_leaves(self, contact, asked, life):
        at(NOW)
        with clock.at(NOW + 2 * DAY):
            assert actions.remind(by=SYSTEM) == 1
        contacts.cancel(contact=contact, attendance="cancelled_by_person", by=life.practitioner)
        assert at(NOW + 2 * DAY).dropped == 1

    def test_nor_in_a_way_that_is_safe_no_longer(self, contact, asked, life):
        at(NOW)
        identity, version = persons.identity(life.registration, access=life.practitioner)
        changed = replace(identity, text_is_safe=False)
        people.correct_identity(registration=life.registration, identity=changed, version=version, by=life.practitioner)
        done = at(NOW + 2 * DAY)
        assert (done.sent, done.failed) == (0, 0)

    def test_nor_twice_on_one_day(self, life):
        lives.planned(life, NOW + HOUR)
        measures.ask(registration=life.registration, instruments=["phq9"], channel="sms", by=life.practitioner)
        assert at(NOW).sent == 1

    def test_without_an_ask_there_is_none(self, contact):
        assert at(NOW + 2 * DAY).sent == 0


def test_answers_that_were_never_sent_are_forgotten(asked):
    measures.answer(asked=asked, place=1, written="2", by=Access.link(asked))
    at(NOW + 7 * DAY)
    with clock.at(NOW + 7 * DAY):
        assert measured.opened(asked, access=Access.link(asked)).drafts == {}


class TestWhatIsDue:
    def due(self, life):
        return queries.measures_due(access=life.practitioner)

    def test_whoever_was_never_measured_is_due_both(self, life):
        [one] = self.due(life)
        assert (one.person.name, one.due, one.asked, one.next) == ("Amira Reed", ("phq9", "gad7"), (), None)

    def test_what_was_answered_at_the_last_contact_is_due_again(self, life):
        lives.seen(life)
        assert [one.due for one in self.due(life)] == [("phq9", "gad7")]
        measures.record_response(
            registration=life.registration,
            instrument="phq9",
            total=8,
            harm=False,
            completed_at=NOW,
            by=life.practitioner,
        )
        assert [one.due for one in self.due(life)] == [("gad7",)]

    def test_what_is_asked_already_is_said(self, life, contact, asked):
        [one] = self.due(life)
        assert (one.asked, one.until) == (("phq9", "gad7"), NOW + 7 * DAY)
        assert one.next.at == NOW + 3 * DAY

    def test_whoever_comes_next_stands_first(self, northside, life):
        other = lives.treated(northside, given_name="Zed")
        lives.planned(other, NOW + DAY)
        assert [one.person.name for one in self.due(life)] == ["Zed Reed", "Amira Reed"]

    def test_nothing_is_done_once_it_is_answered(self, life, asked):
        for place in range(1, 17):
            measures.answer(asked=asked, place=place, written="0", by=Access.link(asked))
        measures.send(asked=asked, by=Access.link(asked))
        assert self.due(life) == []


class TestWhatTheOtherServiceAsked:
    """Riverside asks, Northside's therapist looks: one set of answers serves both for a week."""

    @pytest.fixture
    def world(self):
        with clock.at(NOW - 20 * lives.WEEK):
            return factories.partnership()

    @pytest.fixture
    def shared(self, world):
        return lives.joint(world, start=NOW - 8 * lives.WEEK, **SAFE)

    def taken_there(self, shared, ago):
        measures.record_response(
            registration=shared.there,
            instrument="phq9",
            total=8,
            harm=False,
            completed_at=NOW - ago,
            by=shared.keyworker,
        )

    def due(self, shared):
        return [one.due for one in queries.measures_due(access=shared.practitioner)]

    def test_it_serves_here_too(self, shared):
        lives.planned(shared, NOW + DAY)
        assert self.due(shared) == [("phq9", "gad7")]
        self.taken_there(shared, 2 * DAY)
        assert self.due(shared) == [("gad7",)]

    def test_not_after_a_week(self, shared):
        self.taken_there(shared, 7 * DAY)
        with clock.at(NOW + HOUR):
            assert self.due(shared) == [("phq9", "gad7")]

    def test_not_where_the_person_did_not_agree(self, shared, world):
        self.taken_there(shared, 2 * DAY)
        [agreed] = consents.current(shared.there, access=shared.keyworker)
        sharing.withdraw(consent_id=agreed.id, by=shared.keyworker)
        assert self.due(shared) == [("phq9", "gad7")]


class TestWhatIsDueInSubstanceUseTreatment:
    def due(self, life):
        return [one.due for one in queries.measures_due(access=life.practitioner)]

    @pytest.fixture
    def life(self):
        with clock.at(NOW - 20 * lives.WEEK):
            riverside = factories.partnership().riverside
        return lives.treated(riverside, "keyworker", start=NOW - 15 * lives.WEEK, **SAFE)

    def taken(self, life, instrument, when):
        with clock.at(when):
            measures.record_response(
                registration=life.registration,
                instrument=instrument,
                answers={"alcohol_week1": "3"},
                completed_at=when,
                by=life.practitioner,
            )

    def test_the_profile_is_due_at_the_start_and_every_twelve_weeks(self, life):
        assert self.due(life) == [("top",)]
        self.taken(life, "top", NOW - 14 * lives.WEEK)
        assert self.due(life) == [("top",)]
        self.taken(life, "top", NOW - lives.WEEK)
        assert self.due(life) == []

    def test_the_shorter_one_will_do(self, life):
        self.taken(life, "aor", NOW - lives.WEEK)
        assert self.due(life) == []


@pytest.mark.django_db(transaction=True)
def test_the_tick_sends_what_waits(asked):
    done = CliRunner().invoke(main, ["tick"])
    assert done.exit_code == 0
    assert "Sent 1 message." in done.output
