"""Looking in an emergency: what it opens and what it does not, that nobody found reads alike, and who is told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alongside.access import actions as access_actions
from alongside.access import queries as allowed
from alongside.access import reading
from alongside.access.context import Access
from alongside.access.models import Glass
from alongside.access.rules import Effect, Handle, NeedKind
from alongside.audit import queries as ledger
from alongside.consent import queries as consents
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotAllowed, NotThere, Stale
from alongside.kernel.ids import new_id
from alongside.organisations import actions as organisations
from alongside.organisations import queries as places
from alongside.people import queries as people
from alongside.people.rules import Typed
from alongside.safety import actions as safety
from alongside.safety import queries as looks
from alongside.safety import rules as emergency_rules
from alongside.safety.models import BrokenGlass, GlassReview
from alongside.safety.rules import LASTS, Declaration
from alongside.sharing import actions, queries
from alongside.tasks import queries as tasks
from tests import factories
from tests.factories import SETTING_UP

pytestmark = pytest.mark.django_db
JORDAN = Typed("Jordan", "Reed", date(1988, 5, 17))
NOBODY = Typed("Jordan", "Reade", date(1988, 5, 17))
WHY = Declaration("Found unconscious at the bus station; which medicines?")
SYSTEM = Access.system("test")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def both():
    made = factories.partnership()
    made.northside.sign_in("privacy_lead")
    made.riverside.sign_in("privacy_lead")
    return made


@pytest.fixture
def jordan(both):
    """Known to Riverside; Northside knows nothing of them."""
    return factories.registered(both.riverside)


def look(by, typed=JORDAN, why=WHY, **more):
    return actions.look_in_emergency(typed=typed, why=why, by=by, **more)


def therapist(both):
    """As the next request finds them."""
    return both.northside.sign_in("therapist")


def sees(both, registration, role="therapist"):
    return registration in people.headers([registration], access=both.northside.sign_in(role))


def test_it_opens_for_an_hour_to_whoever_looked_and_to_nobody_else(both, jordan):
    assert not sees(both, jordan)
    with clock.at(clock.now()) as _:
        now = clock.now()
        look(therapist(both))
        assert sees(both, jordan)
        assert not sees(both, jordan, "step2_practitioner")
        assert not sees(both, jordan, "team_lead")
    for after, still in ((LASTS - timedelta(seconds=1), True), (LASTS, False), (LASTS + timedelta(seconds=1), False)):
        with clock.at(now + after):
            assert sees(both, jordan) is still


def test_it_can_be_ended_at_once(both, jordan):
    attempt = look(therapist(both))
    actions.end_look(attempt=attempt, by=therapist(both))
    assert not sees(both, jordan)
    assert looks.mine(access=therapist(both)) == []
    actions.end_look(attempt=attempt, by=therapist(both))


@pytest.mark.parametrize("who", ["step2_practitioner", "privacy_lead"])
def test_nobody_ends_anothers_look(both, jordan, who):
    attempt = look(therapist(both))
    with pytest.raises(NotThere):
        actions.end_look(attempt=attempt, by=both.northside.sign_in(who))
    [side] = BrokenGlass.objects.exclude(pk=attempt)
    with pytest.raises(NotThere):
        actions.end_look(attempt=side.pk, by=therapist(both))
    assert sees(both, jordan)


def lead(service):
    return service.sign_in("privacy_lead")


def test_whoever_oversees_privacy_ends_a_look_into_their_record(both, jordan):
    attempt = look(therapist(both))
    [side] = BrokenGlass.objects.exclude(pk=attempt)
    actions.shut_look(look=side.pk, by=lead(both.riverside))
    assert not sees(both, jordan)
    assert [one.id for one in looks.mine(access=therapist(both))] == [attempt]  # another service's may be open yet
    with pytest.raises(Stale):
        actions.shut_look(look=side.pk, by=lead(both.riverside))


def test_the_own_service_ends_all_that_its_staff_opened(both, jordan):
    attempt = look(therapist(both))
    actions.shut_look(look=attempt, by=lead(both.northside))
    assert not sees(both, jordan)
    assert looks.mine(access=therapist(both)) == []
    assert "sharing.shut_look" in [one.act for one in ledger.about(jordan)]


@pytest.mark.parametrize("who", ["therapist", "team_lead"])
def test_only_whoever_oversees_privacy_ends_anothers_look(both, jordan, who):
    attempt = look(therapist(both))
    with pytest.raises(NotAllowed):
        actions.shut_look(look=attempt, by=both.northside.sign_in(who))
    [side] = BrokenGlass.objects.exclude(pk=attempt)
    with pytest.raises(NotThere):
        actions.shut_look(look=side.pk, by=lead(both.northside))
    assert sees(both, jordan)


def no(registration, service, recipient, *, hard=False):
    role = "therapist" if "Northside" in service.name else "keyworker"
    choice = factories.choice(policy.all_categories(), recipient=recipient, effect=Effect.DENY, hard=hard)
    return actions.refuse(registration=registration, choice=choice, by=service.sign_in(role))


def test_a_no_gives_way_to_it_and_stands_afterwards(both, jordan):
    refused = no(jordan, both.riverside, Handle.practitioner(therapist(both).actor))
    look(therapist(both))
    assert sees(both, jordan)
    keyworker = both.riverside.sign_in("keyworker")
    assert [one.id for one in consents.in_force(jordan, access=keyworker)] == [refused]
    with clock.at(clock.now() + LASTS):
        assert not sees(both, jordan)


@pytest.mark.parametrize("recipient", ["the service", "by name"])
def test_not_even_in_an_emergency_stays_shut(both, jordan, recipient):
    to = {"the service": Handle.service(both.northside.id), "by name": Handle.practitioner(therapist(both).actor)}
    no(jordan, both.riverside, to[recipient], hard=True)
    look(therapist(both))
    assert not sees(both, jordan)
    assert [one.found for one in looks.mine(access=therapist(both))] == [False]
    assert [one.found for one in looks.looks_at_ours(access=both.riverside.sign_in("privacy_lead"))] == [True]


@pytest.mark.parametrize(("key", "open_"), [("safety", True), ("session_notes", True), ("counselling_notes", False)])
def test_notes_kept_apart_stay_apart(both, jordan, key, open_):
    look(therapist(both))
    assert allowed.opens(therapist(both), jordan, key) is open_


def test_nothing_can_be_written_by_it(both, jordan):
    look(therapist(both))
    with pytest.raises(NotThere):
        allowed.require_own(therapist(both), jordan, "identity")


def test_both_sides_of_somebody_two_other_services_know_open(both, jordan):
    third = organisations.add_service(
        partnership=both.id, name="The Surgery", kind="primary_care", organisation="A practice", by=SETTING_UP
    )
    organisations.add_team(service=third, name="Doctors", by=SETTING_UP)
    surgery = factories.registered(replace(both.riverside, id=third))
    look(therapist(both))
    assert sees(both, jordan)
    assert sees(both, surgery)
    [mine] = [one for one in looks.mine(access=therapist(both)) if not one.found]
    assert {one.attempt for one in looks.mine(access=therapist(both))} == {mine.id}
    assert len(looks.mine(access=therapist(both))) == 3


def test_another_partnership_is_never_looked_into(both):
    elsewhere = factories.registered(factories.partnership().riverside)
    look(therapist(both))
    assert not sees(both, elsewhere)
    assert not Glass.objects.filter(registration=elsewhere).exists()


def test_a_colleague_who_is_a_patient_here_opens_too(both):
    own = factories.registered(both.northside)
    by = both.northside.sign_in("privacy_lead")
    keeper = both.northside.sign_in("step2_practitioner").actor
    actions.restrict(registration=own, named=[keeper], keeper=keeper, reason="Works here", by=by)
    assert not sees(both, own)
    look(therapist(both))
    assert sees(both, own)
    [owed] = tasks.owed(access=by)  # one review, of the record that was found, and none of the attempt beside it
    assert owed.registration == own
    assert [one.registration for one in looks.looks_at_ours(access=by)] == [own]


def test_a_review_is_owed_for_each_side_and_for_nobody(both, jordan):
    look(therapist(both))
    look(therapist(both), NOBODY)
    assert len(tasks.owed(access=both.northside.sign_in("privacy_lead"))) == 2
    [theirs] = tasks.owed(access=both.riverside.sign_in("privacy_lead"))
    assert (theirs.registration, theirs.kind) == (jordan, "review_look")
    assert list(queries.nowhere(access=SYSTEM)) == []


def test_a_review_stands_in_no_list_about_the_person(both, jordan):
    """Where those who treat them would find it before what they owe the person."""
    look(therapist(both))
    for reader in (both.riverside.sign_in("team_lead"), both.riverside.sign_in("privacy_lead"), therapist(both)):
        assert tasks.about([jordan], access=reader) == []
        [first] = allowed.read_together(tasks.first_about([jordan], access=reader))
        assert first == {}


def test_where_nobody_oversees_privacy_the_team_reviews_it():
    bare = factories.partnership()
    person = factories.registered(bare.riverside)
    look(bare.northside.sign_in("therapist"))
    [owed] = tasks.owed(access=bare.riverside.sign_in("team_lead"))
    assert owed.registration == person
    assert len(tasks.owed(access=bare.northside.sign_in("team_lead"))) == 1
    assert list(queries.nowhere(access=SYSTEM)) == []


def test_what_was_seen_is_what_the_ledger_says_of_that_time(both, jordan):
    attempt = look(therapist(both))
    reader = therapist(both)
    with reading.reading(reader, "people.views.person"):
        people.headers([jordan], access=reader)
    lead = both.riverside.sign_in("privacy_lead")
    [found] = looks.looks_at_ours(access=lead)
    seen = queries.shown_in(found, access=lead)
    assert seen.about is not None
    assert seen.about.registration == jordan
    assert [one.kinds for one in seen.shown] == [policy.categories_mask("identity")]
    elsewhere = replace(found, registration=factories.registered(both.northside))
    assert queries.shown_in(elsewhere, access=lead) == queries.Seen(None, [])
    actions.end_look(attempt=attempt, by=therapist(both))


def over(both):
    """A look of Riverside's that has ended, and its privacy lead."""
    attempt = look(therapist(both))
    actions.end_look(attempt=attempt, by=therapist(both))
    lead = both.riverside.sign_in("privacy_lead")
    [found] = looks.looks_at_ours(access=lead)
    return found, lead


def test_a_review_settles_it_once(both, jordan):
    found, lead = over(both)
    safety.review_look(look=found.id, verdict="appropriate", words="Rang the ward", by=lead)
    assert tasks.owed(access=lead) == []
    with pytest.raises(Stale):
        safety.review_look(look=found.id, verdict="appropriate", words="Again", by=lead)
    assert looks.look(found.id, access=lead).settled


def test_what_is_followed_up_is_owed_until_somebody_says_how_it_ended(both, jordan):
    found, lead = over(both)
    [before] = tasks.owed(access=lead)
    safety.review_look(look=found.id, verdict="follow_up", words="No doctor was named", by=lead)
    [after] = tasks.owed(access=lead)
    assert after.due_at > before.due_at
    assert list(queries.nowhere(access=SYSTEM)) == []
    safety.review_look(look=found.id, verdict="not_appropriate", words="Told the trust", by=lead)
    assert tasks.owed(access=lead) == []
    assert GlassReview.objects.count() == 2


def test_it_is_reviewed_when_it_has_ended(both, jordan):
    look(therapist(both))
    lead = both.riverside.sign_in("privacy_lead")
    [found] = looks.looks_at_ours(access=lead)
    with pytest.raises(Invalid) as refused:
        safety.review_look(look=found.id, verdict="appropriate", words="Fine", by=lead)
    assert refused.value.field == "verdict"


def test_nobody_reviews_their_own(both, jordan):
    both.riverside.staff["privacy_lead"] = both.riverside.staff["keyworker"] = both.riverside.sign_in("keyworker").actor
    organisations.assign_role(
        practitioner=both.riverside.staff["keyworker"], service=both.riverside.id, role="privacy_lead", by=SETTING_UP
    )
    user = factories.User.objects.get(practitioner=both.riverside.staff["keyworker"])
    hats = {role: hat for hat, role, _ in places.roles_of(user.practitioner_id, access=SYSTEM)}
    attempt = look(places.access_for(user, hats["keyworker"]), NOBODY)
    actions.end_look(attempt=attempt, by=places.access_for(user, hats["keyworker"]))
    with pytest.raises(NotAllowed):
        safety.review_look(
            look=attempt, verdict="appropriate", words="Mine", by=places.access_for(user, hats["privacy_lead"])
        )


@pytest.mark.parametrize("who", ["the therapist", "the other service's privacy lead"])
def test_only_whoever_oversees_that_service_reviews_it(both, jordan, who):
    found, _ = over(both)
    by = therapist(both) if who == "the therapist" else both.northside.sign_in("privacy_lead")
    with pytest.raises((NotAllowed, NotThere)):
        safety.review_look(look=found.id, verdict="appropriate", words="Fine", by=by)


def test_the_same_form_is_one_look(both, jordan):
    sent = new_id("sub")
    first = look(therapist(both), submission=sent)
    assert look(therapist(both), submission=sent) == first
    assert BrokenGlass.objects.count() == 2


@pytest.mark.parametrize("role", ["administrator", "evaluator", "privacy_lead"])
def test_who_treats_nobody_may_not(both, jordan, role):
    with pytest.raises(NotAllowed):
        look(both.northside.sign_in(role))
    assert not BrokenGlass.objects.exists()


PART_2 = replace(
    WHY, medical_name="Dr Rivera", affiliation="County Hospital", disclosed_by="K. Worker", nature="Opioid overdose"
)


@pytest.fixture
def programme():
    """Riverside is a programme under 42 CFR Part 2."""
    made = factories.partnership("us")
    organisations.set_part2(service=made.riverside.id, part2=True, by=SETTING_UP)
    made.riverside.sign_in("privacy_lead")
    return made


@pytest.mark.parametrize(("role", "opens"), [("prescriber", True), ("gp", True), ("therapist", False)])
def test_a_part_2_programme_opens_to_medical_staff_who_write_it_down(programme, role, opens):
    person = factories.registered(programme.riverside)
    look(programme.northside.sign_in(role), why=PART_2)
    assert sees(programme, person, role) is opens
    [found] = looks.looks_at_ours(access=programme.riverside.sign_in("privacy_lead"))
    assert (found.opened, found.why) == (opens, PART_2)
    assert found.at == BrokenGlass.objects.get(pk=found.id).occurred_at


def test_in_another_role_it_is_another_look(programme):
    """A therapist who prescribes, too, is not held to what the therapist could not open."""
    person = factories.registered(programme.riverside)
    by = programme.northside.sign_in("therapist")
    first = look(by, why=PART_2)
    organisations.assign_role(practitioner=by.actor, service=programme.northside.id, role="prescriber", by=SETTING_UP)
    hats = {role: hat for hat, role, _ in places.roles_of(by.actor, access=SYSTEM)}
    prescribing = places.access_for(factories.User.objects.get(practitioner=by.actor), hats["prescriber"])
    assert look(prescribing, why=PART_2) != first
    again = places.access_for(factories.User.objects.get(practitioner=by.actor), hats["prescriber"])
    assert person in people.headers([person], access=again)


@pytest.mark.parametrize("missing", ["medical_name", "affiliation", "disclosed_by", "nature"])
def test_what_the_law_names_is_asked_of_everybody_there(programme, missing):
    with pytest.raises(Invalid) as refused:
        look(programme.northside.sign_in("therapist"), NOBODY, replace(PART_2, **{missing: " "}))
    assert refused.value.field == missing


def test_the_person_finds_it_in_their_own_view(both, jordan):
    look(therapist(both))
    access_actions.add_need(
        registration=jordan,
        handle=Handle.self_(jordan),
        service=both.riverside.id,
        kind=NeedKind.SELF,
        made_by="person",
        because=jordan,
        by=SYSTEM,
    )
    person = Access(
        actor="",
        role="person",
        service=both.riverside.id,
        purpose="own_access",
        speaks_for=(Handle.self_(jordan),),
        every_hat=(Handle.self_(jordan),),
        own=policy.all_categories(),
    )
    assert [row.reason for row in allowed.visible(person, BrokenGlass.objects.all())] == [WHY.reason]


def test_it_is_in_the_ledger(both, jordan):
    look(therapist(both))
    acts = [one.act for one in ledger.about(jordan)]
    assert "sharing.look_in_emergency" in acts


def test_a_look_ends_with_the_job(both, jordan):
    """The next request of somebody who left finds nothing, whatever was open."""
    by = therapist(both)
    look(by)
    user = factories.User.objects.get(practitioner=by.actor)
    [(hat, _, _)] = places.roles_of(by.actor, access=SYSTEM)
    organisations.end_role(assignment=hat, by=SETTING_UP)
    with pytest.raises(NotAllowed):
        places.access_for(user, hat)
    other = both.riverside.team
    organisations.assign_role(practitioner=by.actor, service=both.riverside.id, team=other, role="gp", by=SETTING_UP)
    moved = places.access_for(user, None)
    assert not [one for one in moved.speaks_for if one.startswith("glass:")]


def test_a_privacy_leads_reviews_go_to_somebody_who_oversees(both, jordan):
    look(therapist(both))
    leaver, service = both.riverside.sign_in("privacy_lead").actor, both.riverside.id
    keyworker = both.riverside.sign_in("keyworker").actor
    with pytest.raises(Invalid, match="oversees privacy"):
        actions.leaver(practitioner=leaver, service=service, to=keyworker, by=SYSTEM)
    del both.riverside.staff["privacy_lead"]
    second = both.riverside.sign_in("privacy_lead")
    assert actions.leaver(practitioner=leaver, service=service, to=second.actor, by=SYSTEM) == 1
    organisations.leave(practitioner=leaver, by=SETTING_UP)
    assert len(tasks.owed(access=second)) == 1
    assert list(queries.nowhere(access=SYSTEM)) == []


def test_a_rule_that_forgets_the_country_is_caught(programme, monkeypatch):
    """Planted: every role that treats people opens every record."""
    monkeypatch.setattr(emergency_rules, "opens", lambda pack, role, why: True)
    anybodys = dict.fromkeys(policy.packs(), policy.packs()["us"])
    monkeypatch.setattr(policy, "packs", lambda: anybodys)
    with pytest.raises(AssertionError):
        test_a_part_2_programme_opens_to_medical_staff_who_write_it_down(programme, "therapist", False)
