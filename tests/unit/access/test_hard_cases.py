"""Hard cases of access by name: jobs and covers against a denial, chains over three services, copies of copies."""

from dataclasses import replace

import pytest

from alongside.access.rules import Effect, Facts, Handle, NeedKind, Source, decide
from alongside.kernel.periods import Period
from alongside.organisations import rules
from tests.unit.access.cases import compiled
from tests.unit.access.published import AWAY, HOME, HUMAN, NEED, NOW, START, THIRD, deny, permit, question

SHARED = Facts("reg_1", HOME, (permit(),), (NEED,))
REFUSED = replace(SHARED, lines=(permit(), deny(Handle.practitioner(HUMAN), because="cns_2")))


def sees(facts, asked):
    """The specification and the compiler, which have to agree."""
    said = decide(facts, asked).permitted
    assert compiled(facts, asked) == said
    return said


def working(*jobs, now_in=0):
    """Somebody's question in one of their jobs, with the hats of all."""
    job = jobs[now_in]
    speaks = frozenset(rules.speaks_for(job, "own_caseload"))
    hats = frozenset(rules.every_hat(jobs))
    return question(speaks_for=speaks, every_hat=hats, human=Handle.practitioner(job.practitioner), service=job.service)


def job(practitioner=HUMAN, service=AWAY, covers=(), partners=(HOME, AWAY)):
    named = {"partners": partners, "covers": covers}
    return rules.Job(practitioner=practitioner, service=service, teams=(f"tea_{service}",), **named)


class TestANamedDenial:
    """Somebody whom the person refused, whatever else changes about them."""

    def test_a_starter_is_bound_from_the_first_day(self):
        """The refusal names a human, so it needs no list of who works there."""
        assert sees(SHARED, working(job()))
        assert not sees(REFUSED, working(job()))

    def test_a_leaver_speaks_for_nobody(self):
        nobody = question(speaks_for=frozenset(), every_hat=frozenset())
        assert not sees(SHARED, nobody)
        assert not sees(REFUSED, nobody)

    def test_another_job_does_not_get_round_it(self):
        other = Handle.caseload(HUMAN, THIRD)
        need = replace(NEED, handle=other, service=THIRD)
        facts = replace(REFUSED, needs=(need,), lines=(permit(Handle.service(THIRD)), *REFUSED.lines[1:]))
        assert not sees(facts, working(job(), job(service=THIRD), now_in=1))
        assert sees(replace(facts, lines=facts.lines[:1]), working(job(), job(service=THIRD), now_in=1))

    def test_a_denial_of_one_job_is_one_of_the_human(self):
        denied = replace(SHARED, lines=(permit(), deny(Handle.caseload(HUMAN, THIRD), because="cns_2")))
        assert not sees(denied, working(job(), job(service=THIRD)))
        assert sees(denied, working(job()))

    def test_cover_does_not_get_round_it(self):
        """They cover for whoever holds the person, and are refused by name."""
        need = replace(NEED, handle=Handle.caseload("pra_9", AWAY))
        covering = working(job(covers=("pra_9",)))
        assert sees(replace(SHARED, needs=(need,)), covering)
        assert not sees(replace(REFUSED, needs=(need,)), covering)

    def test_whoever_covers_for_the_refused_is_not_refused(self):
        assert sees(REFUSED, working(job("pra_9", covers=(HUMAN,))))


class TestAPermitByName:
    """It is about a human in the partnership that the person is known in."""

    NAMED = replace(SHARED, lines=(permit(Handle.practitioner(HUMAN)),), needs=())
    ELSEWHERE = (THIRD, "ser_z")

    def test_it_follows_them_into_another_service_of_it(self):
        assert sees(self.NAMED, working(job()))
        assert sees(self.NAMED, working(job(service=THIRD, partners=(HOME, AWAY, THIRD))))

    def test_it_does_not_follow_them_into_another_partnership(self):
        assert not sees(self.NAMED, working(job(service=THIRD, partners=self.ELSEWHERE)))

    def test_of_two_jobs_it_opens_in_the_one_that_is_in_it(self):
        both = (job(), job(service=THIRD, partners=self.ELSEWHERE))
        assert sees(self.NAMED, working(*both))
        assert not sees(self.NAMED, working(*both, now_in=1))

    def test_a_no_follows_them_everywhere(self):
        need = replace(NEED, handle=Handle.caseload(HUMAN, THIRD), service=THIRD)
        facts = replace(REFUSED, needs=(need,), lines=(permit(Handle.service(THIRD)), *REFUSED.lines[1:]))
        assert not sees(facts, working(job(service=THIRD, partners=self.ELSEWHERE)))

    def test_it_opens_no_copy_there(self):
        source = Source(self.NAMED, question().needs, NOW)
        held = Facts("reg_3", THIRD, (), (replace(NEED, service=THIRD, made_by=THIRD),))
        asked = working(job(service=AWAY, partners=self.ELSEWHERE))
        assert not sees(held, replace(asked, sources=(source,)))


class TestChainsOverThreeServices:
    """A record of the first, copied into the second's, copied into the third's."""

    FIRST = replace(SHARED, registration="reg_1", service=HOME)

    def copy(self, first, **asked):
        """Of the second's record, made from the first's; who asks is of the third service."""
        second = Facts("reg_2", AWAY, (permit(Handle.service(THIRD), because="cns_3"),), (self.need(AWAY),))
        source = Source(first, question().needs, START + Period().start.resolution)
        handle = Handle.caseload("pra_3", THIRD)
        hats = frozenset([handle, Handle.practitioner("pra_3"), Handle.service(THIRD)])
        usual = {"service": THIRD, "human": Handle.practitioner("pra_3"), "speaks_for": hats, "every_hat": hats}
        return sees(second, question(**(usual | {"sources": (source,)} | asked)))

    def need(self, made_by):
        return replace(NEED, handle=Handle.caseload("pra_3", THIRD), service=THIRD, made_by=made_by)

    def opened(self, *lines):
        return replace(self.FIRST, lines=(permit(Handle.service(THIRD)), *lines), needs=(self.need(HOME),))

    def test_the_third_needs_the_first_open_too(self):
        assert not self.copy(self.FIRST)
        assert self.copy(self.opened())

    def test_withdrawn_at_the_first_it_is_closed_to_the_third(self):
        assert not self.copy(replace(self.opened(), lines=()))

    def test_withdrawn_at_the_first_it_stays_with_whoever_holds_the_copy(self):
        holder = Handle.caseload(HUMAN, AWAY)
        need = replace(NEED, handle=holder, made_by=AWAY, kind=NeedKind.CARE_TEAM)
        second = Facts("reg_2", AWAY, (), (need,))
        source = Source(replace(self.FIRST, lines=()), question().needs, START)
        assert sees(second, question(sources=(source,)))

    def test_withdrawn_at_the_second_it_is_closed_to_the_third(self):
        second = Facts("reg_2", AWAY, (), (self.need(AWAY),))
        source = Source(self.opened(), question().needs, START + Period().start.resolution)
        handle = Handle.caseload("pra_3", THIRD)
        asked = question(
            service=THIRD, speaks_for=frozenset([handle]), every_hat=frozenset([handle]), sources=(source,)
        )
        assert not sees(second, asked)

    def test_a_copy_of_a_copy_answers_to_both(self):
        """A to B to C: what C holds of B's copy carries A as a source too; withdrawn at either, others lose it."""
        third = Facts("reg_3", THIRD, (permit(),), (replace(NEED, made_by=THIRD),))
        first = Source(SHARED, question().needs, START + 5 * (NOW - START) / 10)
        second = Source(
            replace(SHARED, registration="reg_2", service="ser_d", needs=(replace(NEED, made_by="ser_d"),)), *_of(first)
        )
        assert sees(third, question(sources=(first, second)))
        for gone in (first, second):
            closed = replace(gone, facts=replace(gone.facts, lines=()))
            left = tuple(closed if one is gone else one for one in (first, second))
            assert not sees(third, question(sources=left))

    def test_a_named_denial_travels_with_the_copy_to_its_holder(self):
        holder = replace(NEED, made_by=AWAY)
        second = Facts("reg_2", AWAY, (), (holder,))
        denied = replace(SHARED, lines=(deny(Handle.practitioner(HUMAN)),))
        assert not sees(second, question(sources=(Source(denied, question().needs, START),)))


def _of(source):
    return source.needs, source.occurred_at


@pytest.mark.parametrize("made_by", [AWAY, THIRD])
def test_a_recipient_cannot_give_itself_a_need(made_by):
    assert not sees(replace(SHARED, needs=(replace(NEED, made_by=made_by),)), question())


def test_an_evaluating_need_is_none_for_care():
    assert not sees(replace(SHARED, needs=(replace(NEED, kind=NeedKind.EVALUATION),)), question())


def test_a_denial_closes_what_is_needed_beside_it():
    """All kinds that a record needs are open at once, or it is closed."""
    closed = replace(SHARED, lines=(permit(), replace(permit(because="cns_2"), effect=Effect.DENY, categories=1)))
    assert not sees(closed, question(needs=3))
    assert sees(closed, question(needs=2))
