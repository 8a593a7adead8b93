"""An entry withheld from the person's own view, until somebody else decided."""

from datetime import timedelta

import pytest

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.rules import Handle, NeedKind
from alongside.contacts import actions as contacts
from alongside.contacts import queries as contacted
from alongside.contacts.rules import Meeting
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotAllowed, NotThere, Stale
from alongside.people.rules import Correcting
from alongside.safety import queries
from alongside.safety.models import DisclosedWords, ReceivedDisclosure, Withholding, WithholdingReview
from alongside.safety.rules import Push, Way, Withheld
from alongside.sharing import actions as sharing
from alongside.sharing import queries as shared
from alongside.tasks import queries as tasks
from tests import factories

pytestmark = pytest.mark.django_db
HARM = Withheld("serious_harm", "He reads her post.")
MOTHER = Withheld("third_party", "Her mother asked us to keep it.")
KINDS = policy.categories_mask("identity", "safety")


def push(**changes):
    usual = {"basis": "safeguarding", "kinds": KINDS, "shared": "Alone at night", "at": clock.now(), "told": True}
    return Push(**usual | {"to_body": "Duty desk", "way": Way.PHONE} | changes)


@pytest.fixture
def self_view(person, northside):
    """Reads as the person themselves."""
    return _self(person, northside.id)


def _self(registration, service):
    handle = Handle.self_(registration)
    access.add_need(
        registration=registration,
        handle=handle,
        service=service,
        kind=NeedKind.SELF,
        made_by=service,
        because=registration,
        by=factories.SETTING_UP,
    )
    role = policy.roles()["person"]
    reader = {"speaks_for": (handle,), "every_hat": (handle,), "own": role.own, "other": role.other}
    return Access(actor="", role="person", service=service, purpose="own_access", **reader)


@pytest.fixture
def colleague(northside):
    return northside.sign_in("team_lead")


@pytest.fixture
def disclosed(person, episode, therapist):
    def make(**more):
        return sharing.disclose(registration=person, push=push(), by=therapist, **more)

    return make


def seen(person, reader):
    return [one.id for one in queries.disclosures(person, access=reader)]


def nowhere():
    return list(shared.nowhere(access=Access.system("check")))


class TestADisclosure:
    def test_the_person_reads_what_was_told_about_them(self, disclosed, person, self_view):
        made = disclosed()
        assert seen(person, self_view) == [made]
        assert queries.disclosure(made, access=self_view).shared == "Alone at night"

    @pytest.mark.parametrize("why", [HARM, MOTHER])
    def test_withheld_it_is_not_there_for_them(self, disclosed, person, self_view, therapist, why):
        made = disclosed(withheld=why)
        assert seen(person, self_view) == []
        with pytest.raises(NotThere):
            queries.disclosure(made, access=self_view)
        [withheld] = queries.withheld([made], access=therapist).values()
        with pytest.raises(NotThere):
            queries.withholding(withheld.id, access=self_view)
        assert queries.disclosure(made, access=therapist).withheld
        assert not allowed.visible(self_view, DisclosedWords.objects.filter(disclosure=made)).exists()

    def test_somebody_else_owes_a_second_look(self, disclosed, person, therapist, northside):
        disclosed(withheld=HARM)
        [task] = [one for one in tasks.about([person], access=therapist) if one.room == "safety"]
        assert (task.kind, task.holder) == ("withheld", northside.team)
        assert task.due_at == clock.now().replace(day=10, hour=17)
        assert nowhere() == []

    def test_not_upheld_the_person_sees_it(self, disclosed, person, self_view, colleague, therapist):
        made = disclosed()
        withheld = sharing.withhold(entry=made, said=HARM, by=therapist)
        sharing.review_withheld(withholding=withheld, upheld=False, by=colleague)
        assert seen(person, self_view) == [made]
        assert queries.disclosure(made, access=self_view).shared == "Alone at night"
        found = queries.withholding(withheld, access=colleague)
        assert (found.state, found.decided_by) == ("not_upheld", colleague.actor)
        assert list(WithholdingReview.objects.values_list("state", flat=True)) == ["open", "not_upheld"]
        assert nowhere() == []

    def test_upheld_it_stays_withheld(self, disclosed, person, self_view, colleague, therapist):
        made = disclosed(withheld=HARM)
        sharing.review_withheld(withholding=Withholding.objects.get().pk, upheld=True, by=colleague)
        assert seen(person, self_view) == []
        assert nowhere() == []
        sharing.withhold(entry=made, said=MOTHER, by=therapist)  # for another reason: a new row, and a new look
        assert Withholding.objects.count() == 2

    def test_the_privacy_lead_decides_without_reading_what_was_told(self, disclosed, northside):
        made = disclosed(withheld=HARM)
        lead = northside.sign_in("privacy_lead")
        [found] = queries.to_review(access=lead)
        assert (found.words, found.mine) == (HARM.words, False)
        assert queries.disclosure(made, access=lead).shared is None
        sharing.review_withheld(withholding=found.id, upheld=True, by=lead)
        assert queries.to_review(access=lead) == []

    def test_nobody_reviews_their_own(self, disclosed, therapist, colleague):
        made = disclosed()
        withheld = sharing.withhold(entry=made, said=HARM, by=colleague)
        for own in (colleague, therapist):  # who withheld it, and who wrote it
            with pytest.raises(NotAllowed):
                sharing.review_withheld(withholding=withheld, upheld=True, by=own)
        assert nowhere() == []

    def test_it_is_decided_once(self, disclosed, colleague, northside):
        disclosed(withheld=HARM)
        one = Withholding.objects.get().pk
        sharing.review_withheld(withholding=one, upheld=True, by=colleague)
        with pytest.raises(Stale):
            sharing.review_withheld(withholding=one, upheld=False, by=northside.sign_in("privacy_lead"))

    def test_only_its_own_service_decides(self, disclosed, riverside, northside):
        made = disclosed(withheld=HARM)
        one = Withholding.objects.get().pk
        with pytest.raises(NotThere):
            sharing.review_withheld(withholding=one, upheld=False, by=riverside.sign_in("team_lead"))
        with pytest.raises(NotThere):
            sharing.review_withheld(withholding=one, upheld=False, by=northside.sign_in("administrator"))
        with pytest.raises(NotThere):
            sharing.withhold(entry=made, said=HARM, by=riverside.sign_in("keyworker"))

    def test_nothing_is_half_withheld(self, disclosed, person, self_view, therapist):
        made = disclosed()
        with pytest.raises(Invalid):
            sharing.withhold(entry=made, said=Withheld("serious_harm", ""), by=therapist)
        assert seen(person, self_view) == [made]
        with pytest.raises(Invalid):
            disclosed(withheld=Withheld("", "Because"))
        assert seen(person, self_view) == [made]

    def test_withheld_twice_is_said(self, disclosed, therapist):
        made = disclosed(withheld=HARM)
        with pytest.raises(Stale):
            sharing.withhold(entry=made, said=HARM, by=therapist)

    def test_what_is_no_entry_is_not_there(self, therapist):
        with pytest.raises(NotThere):
            sharing.withhold(entry="con_1", said=HARM, by=therapist)


def test_a_partners_copy_is_withheld_there_too_and_decided_there(person, episode, therapist, riverside):
    there = push(to_service=riverside.id, to_body="", way="")
    sharing.disclose(registration=person, push=there, by=therapist, withheld=HARM)
    row = ReceivedDisclosure.objects.get()
    theirs = _self(row.registration_id, riverside.id)
    assert queries.received_of(row.registration_id, access=theirs) == []
    assert nowhere() == []
    keyworker = riverside.sign_in("keyworker")
    [withheld] = queries.to_review(access=keyworker)
    assert not withheld.mine  # nobody there withheld it, so anybody there may decide
    sharing.review_withheld(withholding=withheld.id, upheld=False, by=keyworker)
    assert queries.received_of(row.registration_id, access=theirs)
    ours = Withholding.objects.get(service=therapist.service)
    assert ours.state == "open"  # each service decides about its own
    assert nowhere() == []


class TestANote:
    @pytest.fixture
    def note(self, person, episode, therapist):
        meeting = Meeting("treatment", clock.now() - timedelta(hours=1), "face_to_face", 50)
        one = {"registration": person, "episode": episode, "meeting": meeting, "attendance": "attended"}
        told = {"talked_about": "Sleep", "for_the_team": "Her mother rang"}
        contact = contacts.record(**one, note=told, by=therapist)
        return contacted.note(contact, access=therapist)

    def read(self, contact, reader):
        return [one.heading for one in contacted.note(contact, access=reader)]

    def test_one_section_is_withheld_and_the_rest_stays(self, person, note, therapist, colleague, self_view):
        section = note[-1]
        contact = contacted.timeline([person], access=therapist)[0].id
        assert self.read(contact, self_view) == ["talked_about", "for_the_team"]
        withheld = sharing.withhold(entry=section.id, said=MOTHER, by=therapist)
        assert self.read(contact, self_view) == ["talked_about"]
        assert self.read(contact, therapist) == ["talked_about", "for_the_team"]
        assert nowhere() == []
        sharing.review_withheld(withholding=withheld, upheld=False, by=colleague)
        assert self.read(contact, self_view) == ["talked_about", "for_the_team"]

    def test_putting_it_right_does_not_show_it(self, person, note, therapist, colleague, self_view):
        contact = contacted.timeline([person], access=therapist)[0].id
        withheld = sharing.withhold(entry=note[-1].id, said=MOTHER, by=therapist)
        why = Correcting("A slip of the pen")
        contacts.correct_note(note=note[-1].id, text="Her mother rang twice", why=why, by=therapist)
        assert self.read(contact, self_view) == ["talked_about"]
        sharing.review_withheld(withholding=withheld, upheld=False, by=colleague)
        assert self.read(contact, self_view) == ["talked_about", "for_the_team"]

    def test_nobody_elsewhere_sees_what_is_withheld(self):
        """A consent is about the kinds that people are asked about: what is withheld needs more than those."""
        open_back = policy.categories_mask("identity", "team", "appointments", "session_notes")
        joint = factories.JointJourney(back=open_back)
        meeting = Meeting("treatment", clock.now(), "face_to_face", 50)
        one = {"registration": joint.northside, "episode": joint.accepted.episode, "meeting": meeting}
        contact = contacts.record(
            **one, attendance="attended", note={"for_the_team": "Her mother rang"}, by=joint.therapist
        )
        [section] = contacted.note(contact, access=joint.keyworker)
        sharing.withhold(entry=section.id, said=MOTHER, by=joint.therapist)
        assert contacted.note(contact, access=joint.keyworker) == []
