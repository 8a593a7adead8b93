"""Erasing a record: who may, when, what stands in the way, what is gone, and what stays as it was."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection

from alongside.access.context import Access
from alongside.access.models import Anchor, Line, Source
from alongside.audit import actions as numbering
from alongside.audit import erased
from alongside.audit import queries as audit
from alongside.audit.models import Entry, Pseudonym
from alongside.contacts import actions as contacts
from alongside.contacts.rules import Meeting
from alongside.journey import queries as journeys
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotAllowed, NotThere, Stale
from alongside.people import actions as people
from alongside.people import queries as persons
from alongside.people.rules import Typed
from alongside.safety.rules import Declaration
from alongside.sharing import actions, queries
from alongside.tasks.models import Task
from alongside.transitions import actions as transitions
from tests import factories
from tests.canaries.made import WORD, Canaries, words
from tests.factories import SETTING_UP
from tests.integration.everyone.world import everything

pytestmark = pytest.mark.django_db
YEARS = timedelta(days=366 * 21)
WHY = "Kept longer than the law asks"


@pytest.fixture(autouse=True)
def list_(settings, tmp_path):
    settings.ERASED = tmp_path / "erased.txt"
    return settings.ERASED


class Gone:
    """Somebody whom Northside treated 21 years ago, and its privacy leads; a second one of them decides."""

    def __init__(self, jurisdiction="uk", ago=YEARS) -> None:
        with clock.at(clock.now() - ago):
            both = factories.partnership(jurisdiction)
            self.here, self.there = both.northside, both.riverside
            self.therapist = self.here.sign_in("therapist")
            self.registration = factories.registered(self.here)
            self.episode = factories.journey.open_episode(
                registration=self.registration,
                team=self.here.team,
                practitioner=self.therapist.actor,
                received_on=clock.today(),
                by=self.therapist,
            )
            meeting = Meeting("treatment", clock.now(), "video", 50)
            told = {"meeting": meeting, "attendance": "attended", "note": {"talked_about": "Sleep"}}
            contacts.record(registration=self.registration, episode=self.episode, **told, by=self.therapist)
            self.discharged(clock.today())
        self.lead = self.here.sign_in("privacy_lead")
        self.team_lead = self.here.sign_in("team_lead")

    def discharged(self, day) -> None:
        version = journeys.episode(self.episode, access=self.therapist).version
        transitions.discharge(
            episode=self.episode,
            end_code="46",
            ended_on=day,
            return_route="Ring us",
            by=self.therapist,
            version=version,
        )

    def propose(self, **more):
        said = {"registration": self.registration, "reason": WHY, "by": self.lead}
        return actions.propose_erasure(**(said | more))

    def erase(self, **more):
        return actions.erase(**({"registration": self.registration, "word": "erase", "by": self.team_lead} | more))


@pytest.fixture
def gone():
    return Gone()


def anywhere(text) -> list[str]:
    """The tables of ours in which a text stands anywhere."""
    return sorted(name for name, rows in everything().items() if any(text in str(row) for row in rows))


def owed():
    """Who holds what is owed about the record, and how it ended."""
    rows = Task.objects.filter(kind="decide_erasure")
    return [(row.holder_practitioner, row.outcome) for row in rows]


class TestTheSecondPerson:
    def test_a_team_lead_owes_the_decision(self, gone):
        gone.propose()
        assert owed() == [(gone.team_lead.actor, "")]

    def test_another_privacy_lead_comes_first(self, gone):
        before = gone.here.staff.pop("privacy_lead")
        other = gone.here.sign_in("privacy_lead")
        assert before != other.actor
        gone.propose()
        assert owed() == [(other.actor, "")]

    def test_it_is_open_as_long_as_it_waits(self, gone):
        gone.propose()
        assert list(queries.nowhere(access=SETTING_UP)) == []
        actions.keep(registration=gone.registration, reason="A claim is open", by=gone.team_lead)
        assert list(queries.nowhere(access=SETTING_UP)) == []

    def test_of_a_record_kept_to_a_few_it_is_owed_by_one_of_them(self, gone):
        kept = {"registration": gone.registration, "reason": "Works here", "by": gone.lead}
        actions.restrict(**kept, named=[gone.therapist.actor], keeper=gone.therapist.actor)
        with pytest.raises(NotAllowed, match="Nobody else"):
            gone.propose()
        assert owed() == []
        actions.restrict(**kept, named=[gone.therapist.actor, gone.team_lead.actor], keeper=gone.therapist.actor)
        gone.propose()
        assert owed() == [(gone.team_lead.actor, "")]

    def test_it_is_owed_no_longer_when_the_record_stays(self, gone):
        gone.propose()
        actions.keep(registration=gone.registration, reason="A claim is open", by=gone.team_lead)
        assert owed() == [(gone.team_lead.actor, "kept")]

    def test_it_goes_with_the_record(self, gone):
        gone.propose()
        gone.erase()
        assert owed() == []


class TestErasing:
    def test_every_row_is_gone_and_the_id_stands_nowhere(self, gone):
        gone.propose()
        counted = gone.erase()
        assert counted["contacts.Note"] == 1
        assert counted["people.Registration"] == 1
        assert anywhere(gone.registration) == []
        assert anywhere("Jordan") == []

    def test_the_entry_names_no_one(self, gone):
        gone.propose()
        known = Pseudonym.objects.get(registration=gone.registration).pseudonym
        gone.erase()
        entry = Entry.objects.get(act="sharing.erase")
        assert (entry.actor, entry.service, entry.about) == (gone.team_lead.actor, gone.here.id, [])
        assert entry.detail["proposed_by"] == gone.lead.actor
        assert entry.detail["rows"]["contacts.Contact"] == 1
        for secret in (gone.registration, known):
            assert secret not in f"{entry.subject} {entry.detail}"

    def test_the_secret_is_destroyed_and_the_ledger_verifies(self, gone):
        numbering.number()
        numbering.sign()
        gone.propose()
        secret = Pseudonym.objects.get(registration=gone.registration).secret
        entries = Entry.objects.count()
        gone.erase()
        while numbering.number():
            pass
        numbering.sign()
        assert anywhere(secret) == []
        assert Entry.objects.count() == entries + 1
        assert list(audit.problems()) == []

    def test_looking_for_them_afterwards_does_not_make_them_known_again(self, gone, client):
        gone.propose()
        gone.erase()
        with pytest.raises(NotThere):
            actions.erase(registration=gone.registration, word="erase", by=gone.team_lead)
        assert not Pseudonym.objects.filter(registration=gone.registration).exists()

    def test_the_list_outside_names_them_under_a_key(self, gone, list_, settings):
        gone.propose()
        gone.erase()
        assert erased.read(list_) == [erased.line(gone.registration, settings.LEDGER_KEYS[0])]
        assert list(audit.erased_problems()) == []
        list_.unlink()
        assert len(list(audit.erased_problems())) == 1

    def test_where_the_list_cannot_be_written_nothing_is_erased(self, gone, settings, tmp_path):
        (tmp_path / "file").write_text("")
        settings.ERASED = tmp_path / "file" / "erased.txt"
        gone.propose()
        before = everything()
        with pytest.raises(erased.Unreadable):
            gone.erase()
        assert everything() == before


class TestWhoMay:
    def test_nobody_decides_about_their_own_proposal(self, gone):
        gone.propose()
        with pytest.raises(NotAllowed, match="Somebody else"):
            gone.erase(by=gone.lead)

    def test_a_therapist_neither_proposes_nor_decides(self, gone):
        with pytest.raises(NotAllowed):
            gone.propose(by=gone.therapist)
        gone.propose()
        with pytest.raises(NotAllowed):
            gone.erase(by=gone.therapist)

    def test_another_service_finds_nobody(self, gone):
        for role in ("privacy_lead", "team_lead"):
            by = gone.there.sign_in(role)
            with pytest.raises(NotThere if role == "privacy_lead" else NotAllowed):
                gone.propose(by=by)
        gone.propose()
        with pytest.raises(NotThere):
            gone.erase(by=gone.there.sign_in("team_lead"))

    def test_without_a_proposal_or_the_word_nothing_happens(self, gone):
        with pytest.raises(Stale):
            gone.erase()
        gone.propose()
        with pytest.raises(Invalid, match="word"):
            gone.erase(word="yes")
        assert persons.born_and_registered([gone.registration], access=gone.lead)

    def test_a_second_proposal_is_told_of_the_first(self, gone):
        gone.propose()
        with pytest.raises(Stale):
            gone.propose()

    @pytest.mark.parametrize("who", ["lead", "team_lead"])
    def test_no_is_no_until_it_is_proposed_again(self, gone, who):
        gone.propose()
        actions.keep(registration=gone.registration, reason="A study needs it", by=getattr(gone, who))
        with pytest.raises(Stale):
            gone.erase()
        states = [one.state for one in persons.proposals_of(gone.registration, access=gone.lead)]
        assert states == ["withdrawn" if who == "lead" else "declined", "proposed"]
        gone.propose()
        gone.erase()
        assert anywhere(gone.registration) == []


class TestWhatStandsInTheWay:
    def test_a_period_that_is_not_over(self):
        lately = Gone(ago=timedelta(days=366 * 19))
        with pytest.raises(NotAllowed, match="has to be kept until"):
            lately.propose()
        died = clock.today() - timedelta(days=366 * 18)
        lately.propose(died=died)
        lately.erase()
        assert anywhere(lately.registration) == []

    def test_a_questionnaire_answered_since_begins_the_period_anew(self, gone):
        from alongside.measures import actions as measures

        measures.record_response(
            registration=gone.registration,
            instrument="phq9",
            answers=[0] * 9,
            completed_at=clock.now() - timedelta(days=366),
            entered_by="person",
            by=gone.therapist,
        )
        with pytest.raises(NotAllowed, match="has to be kept until"):
            gone.propose()

    def test_a_country_whose_years_nobody_wrote_down(self):
        with pytest.raises(NotAllowed, match="State law"):
            Gone("us").propose()

    def test_a_legal_hold_also_after_it_was_proposed(self, gone):
        gone.propose()
        hold = people.hold(registration=gone.registration, reason="Inquest", by=gone.lead)
        other = people.hold(registration=gone.registration, reason="Claim", by=gone.lead)
        people.lift_hold(hold=hold, reason="Over", by=gone.lead)
        with pytest.raises(NotAllowed, match="legal hold"):
            gone.erase()
        with pytest.raises(Stale):
            people.lift_hold(hold=hold, reason="Over", by=gone.lead)
        people.lift_hold(hold=other, reason="Over", by=gone.lead)
        assert [one.stands for one in persons.holds_of(gone.registration, access=gone.lead)] == [False] * 4
        gone.erase()

    def test_what_is_open(self, gone):
        factories.journey.open_episode(
            registration=gone.registration,
            team=gone.here.team,
            practitioner=gone.therapist.actor,
            received_on=clock.today() - YEARS,
            by=gone.therapist,
        )
        found = queries.keeping(gone.registration, access=gone.lead)
        assert found.unfinished == ("a stay or a joint journey", "something that somebody owes")
        with pytest.raises(NotAllowed):
            gone.propose()

    def test_a_hold_of_another_service_is_not_found(self, gone):
        hold = people.hold(registration=gone.registration, reason="Inquest", by=gone.lead)
        with pytest.raises(NotThere):
            people.lift_hold(hold=hold, reason="Over", by=gone.there.sign_in("privacy_lead"))


class TestTheList:
    def test_who_is_over_is_listed_by_its_own_service_alone(self, gone):
        [(registration, last, until)], after = queries.period_over(access=gone.lead)
        assert (registration, after) == (gone.registration, "")
        assert until.year - last.year == 20
        assert queries.period_over(access=gone.there.sign_in("privacy_lead")) == ([], "")
        with pytest.raises(NotAllowed):
            queries.period_over(access=gone.team_lead)

    def test_pages_go_on_where_the_last_one_ended(self, gone, monkeypatch):
        from alongside.sharing import ending

        monkeypatch.setattr(ending, "MOST", 2)
        with clock.at(clock.now() - YEARS):
            every = {gone.registration, *(factories.registered(gone.here) for _ in range(4))}
        factories.registered(gone.here)
        found, after, pages = [], "", 0
        while pages == 0 or after:
            some, after = queries.period_over(after=after, access=gone.lead)
            found, pages = [*found, *(one[0] for one in some)], pages + 1
        assert (set(found), len(found), pages) == (every, 5, 3)


@pytest.fixture
def lived():
    """Two services' shared people with a word of its own in every field, looks in an emergency, and the rest."""
    world = Canaries()
    world.not_sent()
    world.asked_to_answer()
    identity, _version = persons.identity(world.person.riverside, access=world.keyworker)
    typed = Typed(identity.given_name, identity.family_name, identity.birth_date)
    for by in (world.keyworker, world.therapist):
        look = actions.look_in_emergency(typed=typed, why=Declaration("Found unconscious"), by=by)
        actions.end_look(attempt=look, by=by)
    world.kept_to_a_few()
    return world


def erased_now(registration, by=SETTING_UP):
    from django.db import transaction

    from alongside.access import actions as access
    from alongside.audit import actions as ledger
    from alongside.safety import queries as looks

    with transaction.atomic():
        every = [registration, *looks.stand_ins(registration, access=by)]
        access.lock(registrations=every, by=by)
        counted = actions.erasing.erase_rooms(every, by)
        ledger.forget(registrations=every)
    return counted


class TestAWholeLife:
    def test_nothing_of_it_is_left(self, lived):
        mine = lived.person.riverside
        said = {word for word, owners in words().items() for one in owners if one.record.registration_id == mine}
        theirs = {word for word, owners in words().items() for one in owners if one.record.registration_id != mine}
        assert len(said - theirs) > 20
        in_clear = set(WORD.findall(str(everything())))
        erased_now(mine)
        left = set(WORD.findall(str(everything())))
        assert left & (said - theirs) == set()
        assert theirs & in_clear <= left

    def test_the_other_services_record_is_as_it_was(self, lived):
        mine, theirs = lived.person.riverside, lived.person.northside
        before = _rows_of(theirs)
        erased_now(mine)
        after = _rows_of(theirs)
        assert set(before) == set(after)
        for table, rows in before.items():
            assert [row for row in rows if row not in after[table]] == [] or table == "AdviceReply", table

    def test_the_id_stands_only_where_another_side_wrote_it_down(self, lived):
        erased_now(lived.person.riverside)
        assert set(anywhere(lived.person.riverside)) <= {"Consultation", "Action"}

    def test_both_sides_leave_no_spine(self, lived):
        for one in (lived.person.riverside, lived.person.northside):
            erased_now(one)
        for room, name in (("journey", "Journey"), ("transitions", "Handover")):
            assert apps.get_model(f"alongside_{room}", name).objects.count() == 0
        about = apps.get_model("alongside_consultation", "Consultation").objects.all()
        assert about.count() == 0
        assert anywhere(lived.person.riverside) == []

    def test_the_ledger_verifies(self, lived):
        erased_now(lived.person.riverside)
        while numbering.number():
            pass
        numbering.sign()
        assert list(audit.problems()) == []

    def test_a_denial_by_name_stays_with_the_copies_of_others(self, lived):
        from alongside.access.rules import Effect, Handle
        from alongside.consent.rules import Choice, Given

        mine = lived.person.northside
        source = Source.objects.filter(registration=mine).first() or Source.objects.create(
            record="clr_copy", registration_id=mine, needs=1, occurred_at=clock.now()
        )
        colleague = lived.colleagues[lived.northside.id]
        refused = Choice(
            recipient=Handle.practitioner(colleague.actor),
            categories=1,
            given=Given.VERBAL,
            witness="K. Worker",
            told_no_is_fine=True,
            effect=Effect.DENY,
        )
        actions.refuse(registration=mine, choice=refused, by=lived.therapist)
        denied = set(Line.objects.filter(registration=mine, effect="deny").values_list("recipient", flat=True))
        assert denied
        erased_now(mine)
        source.refresh_from_db()
        assert source.registration_id != mine
        left = Line.objects.filter(registration=source.registration_id)
        assert set(left.values_list("recipient", "effect")) == {(one, "deny") for one in denied}
        assert not Anchor.objects.filter(pk=mine).exists()


def _rows_of(registration: str) -> dict[str, list]:
    from tests.canaries.made import records

    return {
        one.__name__: list(one.objects.filter(registration=registration).order_by("pk").values_list())
        for one in records()
    }


def test_what_a_room_left_behind_stops_the_erasure(gone, monkeypatch):
    """Planted: a room that forgets itself. The anchor does not go while anything hangs on it."""
    from django.db.models import ProtectedError

    from alongside.sharing.actions import erasing

    monkeypatch.setattr(erasing, "HOLD", tuple(one for one in erasing.HOLD if one is not contacts))
    gone.propose()
    with pytest.raises(ProtectedError):
        gone.erase()
    assert persons.born_and_registered([gone.registration], access=gone.lead)


def test_a_day_of_death_is_checked(gone):
    with pytest.raises(Invalid, match="died"):
        gone.propose(died=date(1900, 1, 1))


def test_the_installations_job_erases_again_and_nobody_else(gone, list_, settings):
    erased.add(list_, [erased.line(gone.registration, settings.LEDGER_KEYS[0])])
    with pytest.raises(NotAllowed):
        actions.erase_again(by=gone.lead)
    assert actions.erase_again(by=Access.system("erase-again")) == 1
    assert anywhere(gone.registration) == []
    assert actions.erase_again(by=Access.system("erase-again")) == 0
    assert connection.vendor in ("sqlite", "postgresql")
