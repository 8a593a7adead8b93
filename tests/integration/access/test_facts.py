"""Facts that change are compiled at once, and nothing is left of what they were."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from alongside.access import actions
from alongside.access.actions.compiled import facts_of
from alongside.access.context import Access
from alongside.access.models import Anchor, Bar, Grant, Place
from alongside.access.rules import POLICY, Effect, Handle, Line, NeedKind, compile_facts
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.ids import new_id
from alongside.kernel.periods import Period

pytestmark = pytest.mark.django_db
BY = Access.system("test")
HOME, AWAY = "ser_home", "ser_away"
TREATING = Handle.caseload("pra_away", AWAY)


@pytest.fixture
def person():
    for service, kind in ((HOME, "talking_therapies"), (AWAY, "substance_use")):
        actions.know_place(service=service, kind=kind, pack="uk", by=BY)
    registration = new_id("reg")
    actions.anchor(registration=registration, service=HOME, by=BY)
    for handle, service in ((Handle.team("tea_home"), HOME), (TREATING, AWAY)):
        actions.add_need(
            registration=registration,
            handle=handle,
            service=service,
            kind=NeedKind.CARE_TEAM,
            made_by=HOME,
            because="jou_1",
            by=BY,
        )
    return registration


def agree(registration):
    line = Line(
        "cns_1",
        Effect.PERMIT,
        Handle.of_class("treating"),
        policy.offered(),
        policy.purposes_mask("direct_care"),
        Period(clock.now()),
        Period(),
    )
    actions.replace_lines(registration=registration, because="cns_1", lines=[line], by=BY)


def handles(registration):
    return set(Grant.objects.filter(registration=registration).values_list("handle", flat=True))


def as_compiled(registration):
    """Whether what stands is what the facts compile to, and nothing besides."""
    grants, bars = compile_facts(facts_of([registration], after=clock.now())[registration])
    rows = Grant.objects.filter(registration=registration).values_list("handle", "opens", "purposes", "roles")
    same = sorted(rows) == sorted((one.handle, one.opens, one.purposes, one.roles) for one in grants)
    return same and Bar.objects.filter(registration=registration).count() == len(bars)


def test_every_change_of_facts_counts_in_the_epoch(person):
    def epoch():
        return Anchor.objects.get(pk=person).epoch

    seen = [epoch()]
    for change in (
        lambda: agree(person),
        lambda: actions.restrict(registration=person, restricted=True, by=BY),
        lambda: actions.break_glass(
            registration=person, session="gla_1", until=clock.now() + timedelta(hours=1), by=BY
        ),
        lambda: actions.end_glass(registration=person, session="gla_1", by=BY),
        lambda: actions.end_needs(registration=person, because="jou_1", by=BY),
        lambda: actions.know_place(service=HOME, kind="talking_therapies", pack="us", by=BY),
    ):
        change()
        seen.append(epoch())
        assert as_compiled(person)
    assert seen == list(range(seen[0], seen[0] + 7))


def test_a_change_that_changes_nothing_is_none(person):
    before = Anchor.objects.get(pk=person).epoch
    actions.restrict(registration=person, restricted=False, by=BY)
    actions.end_glass(registration=person, session="gla_9", by=BY)
    actions.know_place(service=HOME, kind="talking_therapies", pack="uk", by=BY)
    assert Anchor.objects.get(pk=person).epoch == before


def test_a_class_of_recipients_is_those_of_it_who_need_to_know(person):
    assert TREATING not in handles(person)
    agree(person)
    assert TREATING in handles(person)
    actions.know_place(service=AWAY, kind="housing", pack="uk", by=BY)
    assert TREATING not in handles(person)


def test_a_restricted_registration_is_closed_to_the_team_but_for_the_privacy_lead(person):
    actions.restrict(registration=person, restricted=True, by=BY)
    grant = Grant.objects.get(registration=person, handle=Handle.team("tea_home"))
    assert grant.roles == policy.roles()["privacy_lead"].mask


def test_a_broken_glass_is_open_for_as_long_as_it_lasts(person):
    until = clock.now() + timedelta(hours=1)
    actions.break_glass(registration=person, session="gla_1", until=until, by=BY)
    grant = Grant.objects.get(registration=person, handle=Handle.glass("gla_1"))
    assert (grant.pierces, grant.until_at) == ("*", until)
    actions.end_glass(registration=person, session="gla_1", by=BY)
    assert Handle.glass("gla_1") not in handles(person)


def test_in_a_part_2_programme_the_glass_opens_to_medical_personnel(person):
    actions.know_place(service=HOME, kind="substance_use", pack="us_part2", by=BY)
    actions.break_glass(registration=person, session="gla_1", until=clock.now() + timedelta(hours=1), by=BY)
    grant = Grant.objects.get(registration=person, handle=Handle.glass("gla_1"))
    assert grant.roles == policy.roles_mask("prescriber", "gp")


def test_what_an_older_policy_compiled_is_compiled_anew(person):
    agree(person)
    Grant.objects.filter(registration=person).update(policy="0", opens=1)
    assert actions.compile_outdated(by=BY) == 1
    assert set(Grant.objects.filter(registration=person).values_list("policy", flat=True)) == {POLICY}
    assert as_compiled(person)
    assert actions.compile_outdated(by=BY) == 0


def test_a_service_that_access_was_told_nothing_of_has_the_usual_policy(person):
    Place.objects.all().delete()
    actions.recompile(registration=person, by=BY)
    assert as_compiled(person)


def test_migrating_compiles_what_an_older_policy_compiled(person):
    """A policy that narrows is in force once the new version is installed, and not at each person's next change."""
    agree(person)
    Grant.objects.filter(registration=person).update(policy="0", opens=1)
    call_command("migrate", verbosity=0)
    assert set(Grant.objects.filter(registration=person).values_list("policy", flat=True)) == {POLICY}
    assert as_compiled(person)


def test_whoever_needs_to_evaluate_needs_it_for_nothing_else(person):
    """A team lead speaks for the door of evaluation on every page, also on one that is for care."""
    door = {"handle": Handle.evaluation(AWAY), "service": AWAY, "kind": NeedKind.EVALUATION, "made_by": HOME}
    actions.add_need(registration=person, because="jou_1", by=BY, **door)
    agree(person)
    assert Handle.evaluation(AWAY) not in handles(person)
    evaluating = Line(
        "cns_2",
        Effect.PERMIT,
        Handle.service(AWAY),
        policy.offered(),
        policy.purposes_mask("evaluation"),
        Period(clock.now()),
        Period(),
    )
    actions.replace_lines(registration=person, because="cns_2", lines=[evaluating], by=BY)
    assert Grant.objects.get(registration=person, handle=Handle.evaluation(AWAY)).because == "cns_2"
