"""Telling without consent: what is kept, what a partner has of it, and that nobody is let in by it."""

from dataclasses import replace

import pytest
from django.db import transaction

from alongside.access import actions as access
from alongside.access import reading
from alongside.access.context import Access
from alongside.access.models import Grant, Source
from alongside.access.rules import Effect, Handle
from alongside.audit.models import Entry
from alongside.definitions import policy
from alongside.journey import actions as journey
from alongside.kernel import clock
from alongside.kernel.errors import Duplicate, Invalid, NotAllowed, NotThere, Several, Stale
from alongside.people import queries as people
from alongside.people.models import Registration
from alongside.safety import queries
from alongside.safety.actions import read_received
from alongside.safety.models import DisclosedWords, DisclosureWithoutConsent, ReceivedDisclosure
from alongside.safety.rules import Push, Way, Withheld
from alongside.sharing import actions as sharing
from alongside.sharing import queries as shared
from alongside.tasks import queries as tasks
from tests import factories

pytestmark = pytest.mark.django_db
IDENTITY, SAFETY, MOOD = (policy.categories_mask(one) for one in ("identity", "safety", "mood_scores"))
CANARY = "The children were alone last night"
OUTSIDE = Push(
    basis="safeguarding",
    kinds=IDENTITY | SAFETY,
    shared=CANARY,
    at=clock.now(),
    told=False,
    not_told="She would leave with them",
    to_body="Children's services",
    way=Way.PHONE,
)


def outside(**changes):
    return replace(OUTSIDE, at=clock.now(), **changes)


def partner(service, **changes):
    return outside(to_body="", way="", to_service=service.id, **changes)


@pytest.fixture
def here(person, episode, therapist):
    """Discloses about the therapist's own person."""
    return lambda push=None, **more: sharing.disclose(registration=person, push=push or outside(), by=therapist, **more)


def entries(act):
    return list(Entry.objects.filter(act=act))


class TestOutside:
    def test_it_says_what_was_told_to_whom_and_why(self, here, person, therapist):
        made = here()
        found = queries.disclosure(made, access=therapist)
        assert (found.shared, found.not_told, found.told) == (CANARY, "She would leave with them", False)
        assert (found.to_body, found.way, found.author) == ("Children's services", "phone", therapist.actor)
        assert [one.id for one in queries.disclosures(person, access=therapist)] == [made]

    def test_the_words_are_not_in_the_database(self, here):
        here()
        row = DisclosedWords.objects.get()
        assert CANARY not in row.shared
        assert "leave" not in row.not_told

    def test_the_ledger_says_so_in_the_same_transaction_and_no_word_of_it(self, here, person, therapist):
        made = here()
        [entry] = entries("safety.disclose")
        assert (entry.subject, entry.about[0][1]) == (made, IDENTITY | SAFETY)
        said = {"basis": "safeguarding", "way": "phone", "to": "outside", "told": False}
        assert entry.detail == said | {"decided_by": therapist.actor}

    def test_if_the_entry_cannot_be_written_nothing_is_kept(self, here, monkeypatch):
        def broken(**_said):
            raise RuntimeError("The ledger cannot be written.")

        monkeypatch.setattr("alongside.access.actions.entering.audit.append", broken)
        with pytest.raises(RuntimeError), transaction.atomic():
            here()
        assert not DisclosureWithoutConsent.objects.exists()

    def test_the_same_form_twice_is_told_once(self, here):
        made = here(submission="sub_1")
        with pytest.raises(Duplicate) as again:
            here(submission="sub_1")
        assert again.value.existing == made
        assert DisclosureWithoutConsent.objects.count() == 1

    def test_it_opens_nothing(self, here):
        before = set(Grant.objects.values_list("pk", flat=True))
        here()
        assert set(Grant.objects.values_list("pk", flat=True)) == before

    def test_nobody_tells_what_they_may_not_see(self, person, episode, therapist):
        narrow = replace(therapist, own=therapist.own & ~MOOD)
        sharing.disclose(registration=person, push=outside(kinds=SAFETY), by=narrow)
        with pytest.raises(Several) as refused:
            sharing.disclose(registration=person, push=outside(kinds=SAFETY | MOOD), by=narrow)
        assert [one.field for one in refused.value.problems] == ["kinds"]

    def test_whoever_has_no_business_with_the_record_cannot(self, person, riverside, northside):
        with pytest.raises(NotThere):
            sharing.disclose(registration=person, push=outside(), by=riverside.sign_in("keyworker"))
        with pytest.raises(NotAllowed):
            sharing.disclose(registration=person, push=outside(), by=northside.sign_in("administrator"))

    def test_the_privacy_lead_knows_that_and_to_whom_and_not_what(self, here, northside):
        made = here()
        found = queries.disclosure(made, access=northside.sign_in("privacy_lead"))
        assert (found.to_body, found.shared) == ("Children's services", None)


class TestWhoDecided:
    def test_it_is_whoever_writes_it_down_where_nobody_else_is_said(self, here, therapist):
        assert queries.disclosure(here(), access=therapist).decided_by == therapist.actor

    def test_it_may_be_a_colleague_who_treats_nobody(self, here, northside, therapist):
        lead = northside.sign_in("privacy_lead")
        found = queries.disclosure(here(outside(decided_by=lead.actor)), access=therapist)
        assert (found.decided_by, found.author) == (lead.actor, therapist.actor)
        assert entries("safety.disclose")[0].detail["decided_by"] == lead.actor

    @pytest.mark.parametrize("who", ["pra_nobody", "elsewhere"])
    def test_it_is_nobody_of_another_service(self, here, riverside, who):
        other = riverside.sign_in("keyworker").actor if who == "elsewhere" else who
        with pytest.raises(Invalid, match="works in your service") as refused:
            here(outside(decided_by=other))
        assert refused.value.field == "decided_by"
        assert not DisclosureWithoutConsent.objects.exists()

    def test_in_a_row_from_before_it_was_asked_it_is_the_author(self, here, therapist):
        made = here()
        DisclosureWithoutConsent.objects.update(decided_by="")
        assert queries.disclosure(made, access=therapist).decided_by == therapist.actor

    @pytest.mark.parametrize("later", [False, True])
    def test_they_do_not_decide_whether_it_stays_withheld(self, here, northside, therapist, later):
        """Whether whoever wrote it down withholds it, or a colleague does so afterwards."""
        lead = northside.sign_in("team_lead")
        withheld = Withheld("serious_harm", "He reads her post")
        made = here(outside(decided_by=lead.actor), **({} if later else {"withheld": withheld}))
        if later:
            sharing.withhold(entry=made, said=withheld, by=northside.sign_in("prescriber"))
        held = queries.withheld([made], access=lead)[made]
        with pytest.raises(NotAllowed):
            sharing.review_withheld(withholding=held.id, upheld=True, by=lead)
        assert held.mine or later


class TestAPartner:
    def test_it_has_a_copy_of_its_own_and_a_task(self, here, riverside):
        here(partner(riverside))
        keyworker = riverside.sign_in("keyworker")
        row = ReceivedDisclosure.objects.get()
        [found] = queries.received_of(row.registration_id, access=keyworker)
        assert (found.shared, found.read) == (CANARY, False)
        assert found.sender_name.endswith("Northside Talking Therapies")
        [task] = [one for one in tasks.about([row.registration_id], access=keyworker) if one.room == "safety"]
        assert (task.kind, task.holder) == ("disclosure_received", riverside.team)
        assert list(shared.nowhere(access=Access.system("check"))) == []

    def test_reading_it_is_said_once_and_not_to_the_sender(self, here, riverside, therapist):
        made = here(partner(riverside))
        before = queries.disclosure(made, access=therapist)
        key = ReceivedDisclosure.objects.get().pk
        keyworker = riverside.sign_in("keyworker")
        read_received(received=key, by=keyworker)
        assert queries.received(key, access=keyworker).read
        assert queries.disclosure(made, access=therapist) == before
        assert list(shared.nowhere(access=Access.system("check"))) == []
        with pytest.raises(Stale):
            read_received(received=key, by=keyworker)

    def test_it_brings_who_it_is_and_nothing_more(self, northside, therapist, riverside):
        rich = {"phone": "07700 900123", "address": "1 High Street", "safe_contact": "Ring before noon"}
        registration = factories.registered(northside, **rich)
        _treat(northside, registration, therapist)
        sharing.disclose(registration=registration, push=partner(riverside, kinds=SAFETY), by=therapist)
        row = ReceivedDisclosure.objects.get()
        assert row.kinds == SAFETY | IDENTITY
        there = Registration.objects.get(pk=row.registration_id)
        assert (there.family_name, there.phone, there.address, there.safe_contact) == ("Reed", "", "", "")

    def test_each_side_has_an_entry_of_its_own(self, here, person, riverside):
        here(partner(riverside))
        [given], [received] = entries("safety.disclose"), entries("safety.received")
        assert len(given.about) == len(received.about) == 1
        assert given.about[0][0] != received.about[0][0]

    def test_the_sender_hears_the_same_whether_they_are_known_there(self, riverside):
        """Known by a link or not at all: the same row, the same entry, the same page."""
        joint = factories.joint()
        by = joint.here.sign_in("therapist")
        found = []
        for registration in (joint.registration, factories.registered(joint.here)):
            _treat(joint.here, registration, by)
            made = sharing.disclose(registration=registration, push=partner(joint.there), by=by)
            one = queries.disclosure(made, access=by)
            found.append(replace(one, id="", registration=""))
        assert found[0] == found[1]
        known, fresh = ReceivedDisclosure.objects.order_by("recorded_at", "pk")
        assert {known.registration_id, fresh.registration_id} >= {joint.registration_there}
        first, second = entries("safety.disclose")
        assert first.detail == second.detail

    def test_it_stays_when_the_sender_loses_sight_of_the_person(self, riverside):
        joint = factories.joint()
        by = joint.here.sign_in("therapist")
        _treat(joint.here, joint.registration, by)
        sharing.disclose(registration=joint.registration, push=partner(joint.there), by=by)
        sharing.unlink(registration=joint.registration, other=joint.registration_there, why=factories.APART, by=by)
        assert queries.received_of(joint.registration_there, access=joint.there.sign_in("keyworker"))

    def test_a_refusal_that_names_somebody_travels_with_it(self, here, person, riverside, therapist):
        """And whoever gets the copy from its holder needs the first record open, too."""
        keyworker = riverside.sign_in("keyworker")
        here(partner(riverside))
        row = ReceivedDisclosure.objects.get()
        [source] = Source.objects.filter(record=row.pk)
        assert (source.registration_id, source.onward) == (person, False)
        assert queries.received_of(row.registration_id, access=keyworker)
        refused = factories.choice(
            policy.all_categories(), recipient=Handle.practitioner(keyworker.actor), effect=Effect.DENY
        )
        sharing.refuse(registration=person, choice=refused, by=therapist)
        assert queries.received_of(row.registration_id, access=keyworker) == []

    def test_only_a_partner_has_a_record_to_copy_it_into(self, here, northside):
        for stranger in ("svc_nobody", northside.id):
            with pytest.raises(Invalid) as refused:
                here(replace(outside(to_body="", way=""), to_service=stranger))
            assert refused.value.field == "to"
        assert not DisclosureWithoutConsent.objects.exists()

    def test_a_colleague_without_the_copy_cannot_read_or_close_it(self, here, riverside, northside):
        here(partner(riverside))
        key = ReceivedDisclosure.objects.get().pk
        with pytest.raises(NotThere):
            queries.received(key, access=northside.sign_in("therapist"))
        with pytest.raises(NotThere):
            read_received(received=key, by=northside.sign_in("therapist"))


def _treat(service, registration, by):
    one = {"registration": registration, "team": service.team, "practitioner": by.actor}
    journey.open_episode(**one, received_on=clock.today(), by=by)


def test_part_2_takes_no_subpoena_alone(northside, person, episode, therapist):
    access.know_place(service=northside.id, kind="substance_use", pack="us_part2", by=factories.SETTING_UP)
    court = outside(basis="court", ground="Order 12", papers=frozenset({"subpoena"}))
    with pytest.raises(Several, match="A subpoena alone is not enough"):
        sharing.disclose(registration=person, push=court, by=therapist)
    both = replace(court, papers=frozenset({"order", "subpoena"}))
    assert sharing.disclose(registration=person, push=both, by=therapist)


def test_what_was_told_can_be_sealed_under_a_new_key(here, riverside, therapist, settings):
    settings.NOTE_KEYS = ["the old one"]
    made = here(partner(riverside))
    settings.NOTE_KEYS = ["the new one", "the old one"]
    done = access.rotate_note_keys(by=Access.system("rotate"))
    while done.last:
        done = access.rotate_note_keys(by=Access.system("rotate"), after=done.last)
    settings.NOTE_KEYS = ["the new one"]
    assert queries.disclosure(made, access=therapist).shared == CANARY
    settings.NOTE_KEYS = ["another"]
    assert queries.disclosure(made, access=therapist).shared is None
    with pytest.raises(NotAllowed):
        access.rotate_note_keys(by=therapist)


def test_a_page_that_shows_it_is_in_the_ledger(here, person, therapist):
    here()
    reading.read(therapist, "a page", lambda: queries.disclosures(person, access=therapist))
    assert entries("shown")[-1].about[0][1] & policy.categories_mask("choices")
    assert people.header(person, access=therapist)
