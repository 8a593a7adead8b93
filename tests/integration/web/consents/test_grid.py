"""Change the grid: ticks as what stands, read back whole, saved for all that were changed and for nobody else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.access.rules import Effect, Handle
from alongside.audit.models import Entry
from alongside.consent import queries
from alongside.consent.rules import Exception_, Given, Sooner
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.periods import Period
from alongside.organisations import actions as organisations
from alongside.people import actions as people
from alongside.people import queries as persons
from alongside.sharing import actions
from tests import factories
from tests.integration.web.consents.drawn import as_read, drawn
from tests.integration.web.visiting import browser, cost, words

pytestmark = pytest.mark.django_db
HOW = {"given": "verbal", "witness": "Kim Worker", "told_no_is_fine": "on"}
EVERYBODY = Handle.of_class("treating")


def mask(*kinds):
    return policy.categories_mask(*kinds)


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def third(joint):
    """A third service of the partnership."""
    return organisations.add_service(
        partnership=joint.world.id,
        name="Hill Practice",
        kind="primary_care",
        organisation="A practice",
        jurisdiction="uk",
        by=factories.SETTING_UP,
    )


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def north(joint):
    return Handle.service(joint.world.northside.id)


@pytest.fixture
def at(joint):
    return f"/people/{joint.riverside}/sharing/grid/"


def field(handle):
    return f"see_{handle.partition(':')[2]}"


def agree(joint, *kinds, **changes):
    actions.agree(registration=joint.riverside, choice=factories.choice(mask(*kinds), **changes), by=joint.keyworker)


def close(joint, who, *kinds):
    choice = factories.choice(mask(*kinds) if kinds else policy.all_categories(), recipient=who, effect=Effect.DENY)
    actions.refuse(registration=joint.riverside, choice=choice, by=joint.keyworker)


def live(joint):
    return queries.in_force(joint.riverside, access=joint.keyworker)


def care(joint):
    return {one.recipient: one for one in live(joint) if not one.refuses and one.purpose == "direct_care"}


def entered(client, at, **changes):
    """The page as it stands with some columns changed: a list of kinds for each."""
    return drawn(client.get(at)) | HOW | changes


def test_the_ticks_are_what_stands(joint, keyworker, north, at):
    agree(joint, "plan", "use_pattern", recipient=north)
    agree(joint, "medicines", recipient=EVERYBODY)
    found = drawn(keyworker.get(at))
    assert set(found[field(north)]) == {"plan", "use_pattern"}
    assert found[field(EVERYBODY)] == ["medicines"]
    assert "through what is agreed for: Everybody who treats me" in keyworker.text(at)


def test_nothing_is_saved_that_was_not_read_first(joint, keyworker, north, at):
    before = live(joint)
    answer = keyworker.post(at, entered(keyworker, at, **{field(north): ["plan"]}))
    page = words(answer)
    assert "Northside Talking Therapies may see, to care for me: The shared plan" in page
    assert "What Northside Talking Therapies would see" in page
    assert "They said yes: save" in page
    assert live(joint) == before
    assert keyworker.post(at, drawn(answer)).status_code == 302
    assert care(joint)[north].categories == mask("plan")


def test_what_is_new_and_what_is_no_longer_is_said(joint, keyworker, north, at):
    agree(joint, "plan", "use_pattern", recipient=north)
    page = words(keyworker.post(at, entered(keyworker, at, **{field(north): ["plan", "medicines"]})))
    assert "New: My medicines." in page
    assert "No longer: What I drink and use, and how often." in page


def test_two_are_read_and_saved_at_once(joint, keyworker, north, third, at):
    hill = Handle.service(third)
    sent = entered(keyworker, at, **{field(north): ["plan"], field(hill): ["medicines"]})
    answer = keyworker.post(at, sent)
    page = words(answer)
    assert "Hill Practice may see, to care for me: My medicines." in page
    assert "Northside Talking Therapies may see, to care for me: The shared plan" in page
    after = words(keyworker.post(at, drawn(answer), follow=True))
    assert "Saved for: Northside Talking Therapies; Hill Practice." in after or "Saved for: Hill Practice" in after
    assert {one: said.categories for one, said in care(joint).items()} == {north: mask("plan"), hill: mask("medicines")}
    assert {one.witness for one in care(joint).values()} == {"Kim Worker"}


def test_whoever_was_not_changed_is_not_signed_again(joint, keyworker, north, third, at):
    agree(joint, "plan", recipient=north)
    before = care(joint)[north]
    keyworker.post(at, as_read(keyworker, at, entered(keyworker, at, **{f"see_{third}": ["medicines"]})))
    assert care(joint)[north] == before
    assert Handle.service(third) in care(joint)


def test_where_nothing_was_changed_it_says_so(joint, keyworker, at):
    before = live(joint)
    answer = keyworker.post(at, entered(keyworker, at))
    assert "Nothing was changed: every tick is as it stands." in words(answer)
    assert "They said yes: save" not in words(answer)
    assert live(joint) == before


class TestWhatTheGridDoesNotAskFor:
    def test_is_carried(self, joint, keyworker, north, at):
        who = Handle.practitioner(joint.therapist.actor)
        until, since = clock.now() + timedelta(days=300), datetime(2026, 1, 1, tzinfo=UTC)
        told = {"required_by": "The county court", "reported": "Whether they came"}
        left_out = (Exception_(mask("plan"), who),)
        more = {"expires": until, "data": Period(since), "exceptions": left_out}
        agree(joint, "plan", "use_pattern", recipient=north, **more, **told)
        before = care(joint)[north].said
        sent = entered(keyworker, at, **{field(north): ["plan", "medicines"]})
        read = words(keyworker.post(at, sent))
        for said in ("It holds until", "1 January 2026 or later", "is left out of it", "county court"):
            assert said in read
        keyworker.post(at, as_read(keyworker, at, sent))
        after = care(joint)[north].said
        assert after.categories == mask("plan", "medicines")
        given = {"categories": after.categories, "given": Given.VERBAL, "witness": "Kim Worker"}
        assert after == replace(before, **given)

    def test_the_evaluation_counts_what_it_counted(self, joint, keyworker, north, at):
        agree(joint, "plan", recipient=north)
        agree(joint, "mood_scores", recipient=north, purpose="evaluation")
        sent = entered(keyworker, at, **{field(north): ["plan", "medicines"]})
        assert "count me in the evaluation of the pathway, by: My mood" in words(keyworker.post(at, sent))
        keyworker.post(at, as_read(keyworker, at, sent))
        counted = [one for one in live(joint) if one.purpose == "evaluation"]
        assert [one.categories for one in counted] == [mask("mood_scores")]

    def test_a_kind_that_is_open_in_part_says_so_beside_its_tick(self, joint, keyworker, north, at):
        agree(joint, "plan", recipient=north, data=Period(datetime(2026, 1, 1, tzinfo=UTC)))
        assert "open, in part" in keyworker.text(at)
        assert drawn(keyworker.get(at))[field(north)] == ["plan"]

    def test_those_who_are_named_stay_links(self, joint, keyworker, north, at):
        who = Handle.practitioner(joint.therapist.actor)
        agree(joint, "plan", recipient=who)
        page = keyworker.get(at).content.decode()
        assert f'name="{field(who)}"' not in page
        assert "sharing/named/?with=practitioner" in page


class TestWhatHasNoTick:
    def boxes(self, client, at, handle):
        page = client.get(at).content.decode()
        return {one.key for one in policy.categories().values() if f'name="{field(handle)}" value="{one.key}"' in page}

    def test_what_is_closed_by_a_no(self, joint, keyworker, north, at):
        agree(joint, "plan", recipient=north)
        close(joint, north, "medicines")
        assert "medicines" not in self.boxes(keyworker, at, north)
        assert "use_pattern" in self.boxes(keyworker, at, north)
        sent = entered(keyworker, at, **{field(north): ["plan", "medicines"]})
        assert "Nothing was changed" in words(keyworker.post(at, sent))

    def test_what_is_agreed_and_closed_can_be_taken_away(self, joint, keyworker, north, at):
        agree(joint, "plan", "medicines", recipient=north)
        close(joint, north, "medicines")
        assert "medicines" in self.boxes(keyworker, at, north)

    def test_where_all_is_closed_it_says_where_that_is_changed(self, joint, keyworker, north, at):
        actions.stop(registration=joint.riverside, recipient=north, by=joint.keyworker)
        close(joint, north)
        assert self.boxes(keyworker, at, north) == set()
        assert "All of it is closed to them by a no." in keyworker.text(at)
        assert "Take back the no" in keyworker.text(at)

    def test_what_nobodys_work_there_shows(self, joint, keyworker, third, at):
        hill = factories.Service(third, "Hill Practice", "")
        hill.sign_in("administrator")
        assert "nobody’s work there shows it" in keyworker.text(at)


class TestWhatIsRefused:
    @pytest.mark.parametrize("missing", ["given", "witness", "told_no_is_fine"])
    def test_how_it_was_said_is_asked_for_and_what_was_ticked_stays(self, joint, keyworker, north, at, missing):
        before = live(joint)
        sent = as_read(keyworker, at, entered(keyworker, at, **{field(north): ["plan"]}))
        answer = keyworker.post(at, {name: value for name, value in sent.items() if name != missing})
        assert "Something needs putting right" in words(answer)
        assert "Northside Talking Therapies may see, to care for me: The shared plan" in words(answer)
        assert drawn(answer)[field(north)] == ["plan"]
        assert live(joint) == before
        assert keyworker.post(at, drawn(answer) | HOW).status_code == 302

    def test_a_kind_that_is_not_there(self, joint, keyworker, north, at):
        before = live(joint)
        sent = entered(keyworker, at, **{field(north): ["plan", "counselling_notes"]})
        assert "Choose from the answers shown" in words(keyworker.post(at, sent))
        assert live(joint) == before

    def test_a_recipient_of_another_partnership_is_nobody(self, joint, keyworker, at):
        elsewhere = factories.partnership().northside.id
        sent = entered(keyworker, at, **{f"see_{elsewhere}": ["plan"]})
        assert "Nothing was changed" in words(keyworker.post(at, sent))

    def test_where_one_cannot_be_saved_none_is(self, joint, keyworker, north, third, at):
        """The first of two is complete; the second has an end that came while it was read."""
        hill, soon = Handle.service(third), clock.now() + timedelta(minutes=5)
        agree(joint, "plan", recipient=hill, expires=soon)
        changes = {field(north): ["plan"], field(hill): ["medicines"]}
        sent = as_read(keyworker, at, entered(keyworker, at, **changes))
        before = care(joint)[north]
        with clock.at(soon + timedelta(minutes=1)):
            assert keyworker.post(at, sent).status_code == 200
            assert care(joint) == {north: before}


class TestOnceAndAsItWasRead:
    def test_what_was_ticked_after_it_was_read_is_read_again(self, joint, keyworker, north, at):
        before = live(joint)
        sent = as_read(keyworker, at, entered(keyworker, at, **{field(north): ["plan"]}))
        answer = keyworker.post(at, sent | {field(north): ["plan", "medicines"]})
        assert "This is not what was previewed." in words(answer)
        assert "may see, to care for me: The shared plan: goals and actions; My medicines." in words(answer)
        assert live(joint) == before
        assert keyworker.post(at, drawn(answer) | HOW).status_code == 302

    def test_one_more_recipient_after_it_was_read(self, joint, keyworker, north, third, at):
        sent = as_read(keyworker, at, entered(keyworker, at, **{field(north): ["plan"]}))
        answer = keyworker.post(at, sent | {f"see_{third}": ["medicines"]})
        assert "This is not what was previewed." in words(answer)
        assert Handle.service(third) not in care(joint)

    def test_one_recipient_less(self, joint, keyworker, north, third, at):
        stands = drawn(keyworker.get(at))[field(north)]
        changes = {field(north): ["plan"], f"see_{third}": ["medicines"]}
        sent = as_read(keyworker, at, entered(keyworker, at, **changes))
        answer = keyworker.post(at, sent | {field(north): stands})
        assert "This is not what was previewed." in words(answer)
        assert Handle.service(third) not in care(joint)

    @pytest.mark.parametrize("meanwhile", ["agreed", "closed", "stopped"])
    def test_whatever_changed_meanwhile_is_told_as_that(self, joint, keyworker, north, third, at, meanwhile):
        """Also where it is another recipient than the one that is changed."""
        sent = as_read(keyworker, at, entered(keyworker, at, **{f"see_{third}": ["medicines"]}))
        if meanwhile == "agreed":
            agree(joint, "plan", recipient=north)
        elif meanwhile == "closed":
            close(joint, Handle.practitioner(joint.therapist.actor), "plan")
        else:
            actions.stop(registration=joint.riverside, recipient=north, by=joint.keyworker)
        before = live(joint)
        for asked in (sent, sent | {"preview": "1"}):
            assert "is not what this page was drawn from" in words(keyworker.post(at, asked))
        assert live(joint) == before

    def test_a_slow_double_click_saves_once(self, joint, keyworker, north, third, at):
        changes = {field(north): ["plan"], f"see_{third}": ["medicines"]}
        sent = as_read(keyworker, at, entered(keyworker, at, **changes))
        assert keyworker.post(at, sent).status_code == 302
        given = Entry.objects.filter(act="consent.give").count()
        assert "This was already saved, once." in words(keyworker.post(at, sent, follow=True))
        assert Entry.objects.filter(act="consent.give").count() == given

    def test_nor_does_it_come_back_after_it_was_stopped(self, joint, keyworker, north, at):
        sent = as_read(keyworker, at, entered(keyworker, at, **{field(north): ["plan"]}))
        keyworker.post(at, sent)
        actions.stop(registration=joint.riverside, recipient=north, by=joint.keyworker)
        assert "This was already saved, once." in words(keyworker.post(at, sent, follow=True))
        assert north not in care(joint)


class TestAClassAndItsServices:
    """What is said of a class in the same breath is what its services' sentences and previews reckon with."""

    @pytest.fixture(autouse=True)
    def _both(self, joint, north):
        agree(joint, "plan", recipient=EVERYBODY)
        agree(joint, "plan", recipient=north)

    def test_nothing_for_the_service_alone_closes_it_by_name(self, joint, keyworker, north, at):
        sent = entered(keyworker, at, **{field(north): []})
        assert "It is closed to them by name, until I take that back." in words(keyworker.post(at, sent))
        keyworker.post(at, as_read(keyworker, at, sent))
        assert [one.recipient for one in live(joint) if one.refuses] == [north]

    def test_nothing_for_both_closes_nothing(self, joint, keyworker, north, at):
        sent = entered(keyworker, at, **{field(north): [], field(EVERYBODY): []})
        assert "It is closed to them by name" not in words(keyworker.post(at, sent))
        assert keyworker.post(at, as_read(keyworker, at, sent)).status_code == 302
        assert not [one for one in live(joint) if one.refuses]

    def test_the_preview_of_the_service_knows_what_the_class_opens_from_now_on(self, joint, keyworker, north, at):
        sent = entered(keyworker, at, **{field(north): ["use_pattern"], field(EVERYBODY): ["medicines"]})
        page = words(keyworker.post(at, sent)).partition("What Northside Talking Therapies would see")[2]
        seen = page.partition("They would not see")[0]
        assert "My medicines" in seen
        assert "The shared plan: goals and actions: nothing yet" not in seen


class TestSomebodyYoung:
    @pytest.fixture(autouse=True)
    def _fifteen(self, joint):
        today, by = clock.today(), joint.keyworker
        identity, version = persons.identity(joint.riverside, access=by)
        born = replace(identity, birth_date=date(today.year - 15, today.month, 1))
        people.correct_identity(registration=joint.riverside, identity=born, version=version, by=by)

    def test_it_asks_who_found_that_they_understand(self, joint, keyworker, north, at):
        before = live(joint)
        sent = as_read(keyworker, at, entered(keyworker, at, **{field(north): ["plan"]}))
        answer = keyworker.post(at, sent)
        assert "Enter who found that the person understands this choice" in words(answer)
        assert live(joint) == before
        again = keyworker.post(at, drawn(answer) | HOW | {"competent": "Dr Ray, on Monday", "preview": "1"})
        assert "Dr Ray, on Monday" in words(again)
        assert keyworker.post(at, drawn(again) | HOW).status_code == 302

    def test_to_say_no_needs_nobody(self, joint, keyworker, north, at):
        assert (
            keyworker.post(at, as_read(keyworker, at, entered(keyworker, at, **{field(north): []}))).status_code == 302
        )


def test_who_signed_for_the_person_stands_where_it_is_the_same_with_all(joint, keyworker, north, at):
    said = {"signer": "representative", "signed_by": "Ada Attorney", "authority": "Power of attorney"}
    agree(joint, "plan", recipient=north, **said)
    found = drawn(keyworker.get(at))
    assert {name: found[name] for name in said} == {name: [value] for name, value in said.items()}


def test_whoever_treats_them_elsewhere_changes_what_their_own_service_shares(joint, keyworker, north, at):
    therapist, before = browser(joint.world.northside, "therapist"), live(joint)
    sent = entered(therapist, at, **{f"see_{joint.world.riverside.id}": ["plan"]})
    therapist.post(at, as_read(therapist, at, sent))
    assert live(joint) == before
    there = queries.current(joint.northside, access=joint.therapist)
    assert [one.categories for one in there if one.purpose == "direct_care"] == [mask("plan")]


def test_a_stranger_and_whoever_may_not_write_choices_find_nothing(joint, at):
    stranger = browser(factories.partnership().northside, "therapist")
    assert stranger.get(at).status_code == stranger.get("/people/reg_nobody/sharing/grid/").status_code == 404
    assert browser(joint.world.riverside, "privacy_lead").get(at).status_code in (403, 404)


def test_the_glance_leads_to_it_where_the_reader_may(joint, keyworker, at):
    glance = f"/people/{joint.riverside}/sharing/glance/"
    assert at in keyworker.get(glance).content.decode()
    assert at not in browser(joint.world.riverside, "privacy_lead").get(glance).content.decode()


def test_the_form_for_one_recipient_leads_to_it(joint, keyworker, at):
    for page in ("", "agree/"):
        assert at in keyworker.get(f"/people/{joint.riverside}/sharing/{page}").content.decode()


def test_it_costs_no_more_than_other_pages(keyworker, at):
    assert cost(keyworker, at) <= 16


def save(client, at, **changes):
    return client.post(at, as_read(client, at, entered(client, at, **changes)), follow=True)


def test_what_ends_sooner_is_carried_once(joint, keyworker, north, at):
    """The fault that was found: each saving of the grid wrote it down twice as often."""
    sooner = Sooner(mask("medicines"), clock.now() + timedelta(days=30))
    agree(joint, "plan", "medicines", recipient=north, sooner=(sooner,))
    for kinds in (["plan", "medicines", "use_pattern"], ["plan", "medicines"]):
        save(keyworker, at, **{field(north): kinds})
        assert care(joint)[north].said.sooner == (sooner,)


def test_what_a_no_keeps_closed_is_said_after_saving(joint, keyworker, north, at):
    close(joint, Handle.team(joint.world.northside.team), "plan")
    page = words(save(keyworker, at, **{field(north): ["plan"]}))
    assert "Saved for: Northside Talking Therapies." in page
    assert "For Northside Talking Therapies a no stands beside it." in page
    assert "this stays closed: The shared plan: goals and actions." in page
