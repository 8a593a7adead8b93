"""Every action and query decides who may, or stands in this table with the only modules that may call it, and why.

A name here is a door without a lock of its own: it is safe as long as nobody but those beside it opens it.
"""

from collections.abc import Iterator

import pytest

from tests.building import gates

# Rooms that know nobody in treatment: who works where, and the ground floor that the gates themselves stand on.
KNOW_NOBODY = {"organisations.queries", "access.queries"}

LEFT_TO_CALLERS: dict[str, dict[str, str]] = {
    "It writes what an action that was let through decided to write, inside that action's transaction.": {
        "tasks.actions.keep_by_name": "sharing.actions.restricting",
        "tasks.actions.open_tasks": "safety.actions.emergencies",
        "access.actions.add_need": """consultation.actions.moving journey.actions.allocating journey.actions.journeys
            journey.actions.leading people.actions.registering people.actions.restricting
            sharing.actions.emergencies sharing.actions.own""",
        "access.actions.anchor": "people.actions.registering sharing.actions.emergencies",
        "access.actions.break_glass": "sharing.actions.emergencies",
        "access.actions.confirm": "sharing.actions.merging",
        "access.actions.pair": "sharing.actions.merging",
        "access.actions.part": "sharing.actions.merging",
        "people.actions.confirm_same": "sharing.actions.merging",
        "people.actions.decide_same": "sharing.actions.merging",
        "people.actions.end_same": "sharing.actions.merging",
        "people.actions.pair_of": "sharing.actions.merging",
        "people.actions.propose_same": "sharing.actions.merging",
        "access.actions.compile_outdated": "access.management.commands.migrate cli.migrate",
        "access.actions.copied_from": """consultation.actions.asking consultation.actions.moving plan.actions.doing
            referral.actions.sending safety.actions.receiving transitions.actions""",
        "access.actions.copied_on": "plan.actions.doing safety.actions.withholding tasks.actions",
        "access.actions.end_glass": "sharing.actions.emergencies",
        "access.actions.end_needs": """consultation.actions.leaving consultation.actions.moving
            journey.actions.allocating journey.actions.episodes journey.actions.journeys people.actions.restricting
            sharing.actions.joining sharing.actions.own""",
        "access.actions.know_place": "organisations.actions.places",
        "access.actions.lock": """consent.actions consultation.actions.asking journey.actions.allocating
            journey.actions.episodes journey.actions.journeys journey.actions.leading journey.actions.reviewing
            journey.actions.rows lives.actions medication.actions people.actions.holding people.actions.proxies
            people.actions.registering people.actions.replaying people.actions.restricting people.actions.signing_in
            plan.actions.returning post.actions.dispatching safety.actions.disclosing safety.actions.emergencies
            screening.actions.asking sharing.actions.behalf sharing.actions.choosing sharing.actions.discharging
            sharing.actions.erasing sharing.actions.joining sharing.actions.merging sharing.actions.more
            sharing.actions.own sharing.actions.restoring sharing.actions.restricting transitions.actions""",
        "access.actions.lock_pair": "consultation.actions.moving",
        "access.actions.recompile": "",
        "access.actions.refused": "web.pages",
        "access.actions.refuse_repeat": """consent.actions consultation.actions.asking consultation.actions.moving
            contacts.actions.rows lives.actions measures.actions.asking measures.actions.correcting
            measures.actions.recording medication.actions plan.actions.rows safety.actions.disclosing
            safety.actions.emergencies screening.actions.asking""",
        "access.actions.replace_lines": "consent.actions sharing.actions.behalf",
        "access.actions.restrict": "people.actions.restricting sharing.actions.emergencies",
        "access.actions.together": """consultation.actions.moving journey.actions.journeys people.actions.registering
            people.actions.restricting sharing.actions.emergencies""",
        "measures.actions.withdraw_contact": "contacts.actions.correcting",
        "measures.actions.write": "contacts.actions.recording",
        "safety.actions.answered": "measures.actions.writing",
        "safety.actions.put_right": "measures.actions.correcting",
        "safety.actions.settle": "measures.actions.writing",
        "safety.actions.reopen": "contacts.actions.correcting",
        "safety.actions.withdraw": "measures.actions.correcting",
        "contacts.actions.let_go": "sharing.actions.telling",
        "safety.actions.open_withholding": "contacts.actions.withholding",
        "people.actions.note_correction": """contacts.actions.correcting measures.actions.correcting
            screening.actions.correcting""",
        "people.actions.put_right": "lives.actions medication.actions",
        "screening.actions.leave": "transitions.actions",
        "tasks.actions.close": """consultation.actions.moving contacts.actions.correcting contacts.actions.planning
            contacts.actions.recording journey.actions.episodes journey.actions.journeys journey.actions.reviewing
            plan.actions.doing post.actions.queueing referral.actions.deciding safety.actions.emergencies
            safety.actions.prompts safety.actions.receiving safety.actions.withholding screening.actions.correcting
            screening.actions.rows transitions.actions sharing.actions.erasing sharing.actions.merging""",
        "tasks.actions.hand_over": """consultation.actions.leaving consultation.actions.moving contacts.actions.planning
            plan.actions.returning safety.actions.emergencies sharing.actions.handing_on""",
        "tasks.actions.hand_over_all": "sharing.actions.choosing",
        "tasks.actions.open_task": """consultation.actions.moving contacts.actions.rows journey.actions.episodes
            journey.actions.reviewing plan.actions.doing post.actions.dispatching referral.actions.deciding
            referral.actions.sending safety.actions.prompts safety.actions.receiving safety.actions.withholding
            screening.actions.rows transitions.actions sharing.actions.erasing sharing.actions.merging""",
    },
    "Whoever treats people asks in an emergency, by name, with a reason; each look is noted and reviewed.": {
        "people.queries.meant": "sharing.actions.emergencies",
        "safety.actions.declare": "sharing.actions.emergencies",
        "safety.actions.extend": "sharing.actions.emergencies",
        "sharing.actions.look_in_emergency": "web.emergencies.views",
    },
    "The person's own act, accepted by somebody who was let through, reaches the side of the other service.": {
        "journey.actions.open_journey": "sharing.actions.joining",
        "people.actions.link": "sharing.actions.joining",
        "people.actions.unlink": "sharing.actions.joining",
        "consent.actions.end_carried": "sharing.actions.joining",
    },
    "Whoever takes the lead was asked by the one who had it; accepting asks for the record.": {
        "journey.actions.hand_lead": "transitions.actions",
    },
    "It makes somebody known who was not: there is no record yet to be let into.": {
        "people.actions.register": "cli.demonstration.stays referral.actions.sending safety.actions.receiving",
        "referral.actions.refer_myself": "web.selfreferral.views cli.demonstration.stays",
    },
    "What comes back when sharing ends, called for each room by the change of sharing that was let through.": {
        "contacts.actions.reroute": "",
        "post.actions.reroute": "",
        "safety.actions.reroute": "",
        "referral.actions.reroute": "",
        "screening.actions.reroute": "",
    },
    "What a leaver held, called for each room by `sharing.leaver`, which asks for a team lead or the installation.": {
        "journey.actions.take_over": "",
        "sharing.actions.leaver": "cli.partnership.leaving",
        "sharing.queries.held": "cli.partnership.leaving",
        "consultation.queries.held_by": "sharing.queries.standing",
        "journey.queries.held_by": "sharing.queries.standing",
        "tasks.queries.held_by": "sharing.queries.standing",
        "tasks.queries.aside": "sharing.actions.handing_on",
        "tasks.queries.owed_by": "sharing.actions.choosing",
        "transitions.actions.take_over": "",
    },
    "What is erased, called for each room by `sharing.erase`, which asked for the record and for a second person.": {
        "access.actions.erase": "",
        "consent.actions.erase": "",
        "consultation.actions.erase": "",
        "contacts.actions.erase": "",
        "journey.actions.erase": "",
        "lives.actions.erase": "",
        "measures.actions.erase": "",
        "medication.actions.erase": "",
        "people.actions.erase": "",
        "plan.actions.erase": "",
        "post.actions.erase": "",
        "referral.actions.erase": "",
        "safety.actions.erase": "",
        "screening.actions.erase": "",
        "tasks.actions.erase": "",
        "transitions.actions.erase": "",
        "access.actions.erase_rows": """consent.actions consultation.actions.erasing contacts.actions.erasing
            journey.actions.erasing lives.actions measures.actions.erasing medication.actions people.actions.erasing
            plan.actions.erasing post.actions.erasing referral.actions.erasing safety.actions.erasing
            screening.actions.erasing tasks.actions transitions.actions""",
        "audit.actions.forget": "sharing.actions.erasing",
        "organisations.actions.end_own_sign_in": "people.actions.erasing",
        "safety.queries.attempted": "sharing.actions.emergencies",
        "safety.queries.stand_ins": "sharing.actions.erasing sharing.ending",
    },
    "When a period of keeping began and what stands in its way: dates and yes or no, for whoever was let through.": {
        "consultation.queries.last_of": "sharing.ending",
        "contacts.queries.last_of": "sharing.ending",
        "journey.queries.is_open": "sharing.ending",
        "journey.queries.last_of": "sharing.ending",
        "measures.queries.last_of": "sharing.ending",
        "people.queries.born_and_registered": "sharing.ending",
        "people.queries.is_held": "sharing.ending",
        "referral.queries.last_of": "sharing.ending",
        "sharing.queries.period": "web.erasing.views",
        "sharing.queries.period_over": "web.erasing.views",  # its people pass `people.queries.registered_before`
        "tasks.queries.is_owed": "sharing.ending",
    },
    "What a restored backup brought back, for whoever runs the machine: how many, and no ids.": {
        "audit.queries.erased_among": "cli.database sharing.actions.erasing",
        "audit.queries.erased_problems": "cli.check",
        "sharing.actions.erase_again": "cli.erase_again",
    },
    "The ledger: appended to by the gates, read by whoever checks it, oversees it or puts a record right.": {
        "access.actions.log": """caseload.actions consent.actions consultation.actions.asking
            consultation.actions.leaving contacts.actions.correcting contacts.actions.planning
            contacts.actions.recording evaluation.actions evaluation.queries journey.actions.allocating
            journey.actions.episodes journey.actions.journeys journey.actions.leading journey.actions.reviewing
            lives.actions measures.actions.answering measures.actions.asking measures.actions.correcting
            measures.actions.recording medication.actions organisations.actions.places
            organisations.actions.qualified organisations.actions.staff people.actions.holding
            people.actions.proxies people.actions.registering people.actions.signing_in plan.actions.returning
            plan.actions.rows post.actions.dispatching post.actions.queueing referral.actions.deciding
            referral.actions.sending safety.actions.disclosing safety.actions.emergencies safety.actions.prompts
            safety.actions.receiving safety.actions.withholding screening.actions.asking
            screening.actions.correcting screening.actions.following sharing.actions.choosing
            sharing.actions.emergencies sharing.actions.erasing sharing.actions.merging sharing.actions.restoring
            sharing.actions.restricting transitions.actions""",
        "audit.actions.append": "access.actions.entering access.reading",
        "audit.actions.countersign": "cli.ledger.keeping",
        "audit.actions.number": "cli.demonstration.seeding cli.ledger.keeping",
        "audit.actions.sign": "cli.demonstration.seeding cli.kept.keeping",
        "audit.queries.about": "",
        "audit.queries.accounting": "sharing.queries.accounting",
        "audit.queries.checkpoint": "cli.kept.keeping",
        "audit.queries.leaf_hashes": "cli.kept.keeping",
        "audit.queries.shared": "cli.kept.keeping",
        "audit.queries.touched": "cli.kept.keeping",
        "audit.queries.has_checkpoint": "cli.check",
        "audit.queries.lines": "cli.ledger.keeping",
        "audit.queries.is_cut": "sharing.queries.overseeing",
        "audit.queries.shown_to": "sharing.queries.overseeing",
        "audit.queries.newest": "sharing.queries.overseeing",
        "audit.queries.newest_each": "sharing.queries.overseeing",
        "audit.queries.newest_checkpoint": "cli.ledger.keeping",
        "audit.queries.notes": "cli.ledger.keeping",
        "audit.queries.offer": "cli.ledger.keeping",
        "audit.queries.problems": "cli.check",
        "audit.queries.seen_since": "people.actions.registering people.queries.correcting",
        "audit.queries.public_keys": "cli.ledger.keeping",
        "audit.queries.unwitnessed_since": "cli.check",
        "audit.queries.waiting_since": "cli.check",
    },
    "Ids of rows that were let through, for actions; each record of theirs is decided by its own grants.": {
        "people.queries.is_named_for": "sharing.actions.choosing sharing.actions.erasing",
        "people.queries.named_for": "sharing.actions.choosing",
        "safety.queries.owes_reviews": "sharing.actions.choosing",
        "tasks.queries.owes": "safety.queries.emergencies",
        "journey.queries.journeys_of": "sharing.actions.joining transitions.actions",
        "journey.queries.member_for": "transitions.actions",
        "journey.queries.side_of": "transitions.actions transitions.queries",
        "journey.queries.sides": "transitions.actions",
        "people.queries.joined": """consultation.actions.asking consultation.actions.moving plan.actions.agreeing
            plan.actions.doing plan.actions.returning referral.actions.sending safety.actions.receiving
            sharing.actions.choosing sharing.actions.discharging sharing.actions.merging sharing.actions.restricting
            transitions.actions""",
        "people.queries.link_between": "sharing.actions.joining",
        "people.queries.own_of": """consultation.actions.asking plan.actions.doing referral.actions.sending
            safety.actions.receiving web.subject""",
    },
    "What is kept outside the database by the installation's own job, sealed: ids, masks and times, shown to nobody.": {
        "consent.queries.standing": "sharing.queries.standing",
        "people.queries.standing": "sharing.queries.standing",
        "people.queries.with_linked": "sharing.queries.standing",
        "sharing.queries.standing": "cli.kept.keeping",
        "sharing.queries.everybody": "cli.restore",
    },
    "The continuity check of the whole installation: ids, and shown to whoever runs the machine.": {
        "consultation.queries.open_things": "sharing.queries.standing",
        "contacts.queries.open_contacts": "sharing.queries.standing",
        "journey.queries.continuity_problems": "sharing.queries.standing",
        "measures.queries.rederive": "cli.check",
        "people.queries.open_things": "sharing.queries.standing",
        "plan.queries.open_things": "sharing.queries.standing",
        "post.queries.open_things": "sharing.queries.standing",
        "referral.queries.open_things": "sharing.queries.standing",
        "safety.queries.open_things": "sharing.queries.standing",
        "screening.queries.open_things": "sharing.queries.standing",
        "sharing.queries.nowhere": "cli.check",
        "tasks.queries.left_behind": "sharing.queries.standing",
        "tasks.queries.open_things": "sharing.queries.standing",
        "transitions.queries.open_things": "sharing.queries.standing",
    },
    "A job of the installation, which asks for the system's own role.": {
        "safety.actions.lapse_looks": "cli.tick",
        "access.actions.rotate_note_keys": "cli.rotate_note_keys",
        "access.actions.replay": "",
        "consent.actions.replay": "",
        "people.actions.replay": "",
        "sharing.actions.close": "cli.restore",
        "sharing.actions.replay": "cli.restore",
    },
    "Figures over what the reader may count: asked row by row where the tables are filled.": {
        "evaluation.actions.release": "cli.evaluate_record web.evaluation.views",
        "evaluation.queries.internal": "web.evaluation.views",
        "evaluation.queries.releases": "web.evaluation.views",
    },
    "What is sent to somebody themselves, decided again as it leaves by what they called safe; shown to nobody.": {
        "consent.queries.agreed_with": "caseload.actions",
        "consent.queries.taken_back_from": "caseload.actions",
        "consent.queries.asked_by": "caseload.actions",
        "people.actions.invitation": "caseload.actions",
        "people.queries.reach": """people.actions.proxies people.actions.signing_in post.actions.dispatching
            post.actions.queueing""",
        "post.actions.check_channel": """caseload.actions measures.actions.asking sharing.actions.behalf
            sharing.actions.choosing sharing.actions.more sharing.actions.own""",
        "post.actions.dispatch": "caseload.actions",
        "post.actions.drop": "measures.actions.answering measures.actions.asking",
        "post.actions.queue": """caseload.actions measures.actions.asking sharing.actions.behalf
            sharing.actions.choosing sharing.actions.more sharing.actions.own""",
        "people.queries.address_of": "caseload.actions",  # of whoever is to look on their behalf
        "caseload.actions.remind": "",
        "caseload.actions.send_messages": "cli.tick web.post.views",
        "contacts.queries.coming": "caseload.actions",
        "measures.actions.forget_drafts": "caseload.actions",
        "measures.actions.link": "caseload.actions",
        "measures.queries.waiting": "caseload.actions",
        "post.queries.mailbox": "web.post.views",  # of a demonstration, where nobody is real
    },
    "Kinds that the reader may see, by `decide` itself and about nothing that is closed to them.": {
        "safety.queries.may_share": "safety.actions.disclosing web.safety.disclosing",
    },
    "A day that an action checks another one against, or by which a rule knows an age; shown to nobody.": {
        "people.queries.born": """consent.actions consent.queries lives.actions measures.actions.recording
            medication.actions people.actions.proxies screening.actions.rows sharing.actions.joining""",
    },
    "Whoever opened a link that was sent to somebody themselves, and knows one more thing about them.": {
        "measures.actions.answer": "web.answering.views",
        "measures.actions.open_link": "web.answering.views",
        "measures.actions.send": "web.answering.views",
        "measures.queries.opened": "web.answering.views",
        "people.actions.open_invitation": "web.own.welcome",
        "people.actions.take_up": "sharing.actions.own",
        "people.queries.looks_at": "sharing.actions.behalf",
        "organisations.actions.own_sign_in": "sharing.actions.own",
        "people.queries.speaks": "measures.actions.asking",
        "people.queries.was_born_on": "measures.actions.answering people.actions.signing_in",
    },
    "Whose record a sign-in opens, read afresh at each request, as `organisations` reads who works where.": {
        "people.queries.own_access": "web.accounts.hats web.own.asked",
        "people.queries.own_records": "web.accounts.hats web.own.asking",
        "people.queries.signed_up": "web.accounts.personas",
    },
    "Agreements with whoever works for a service: it asks for the privacy lead or an administrator of that service.": {
        "organisations.actions.end_qualified": "web.qualified.views",
        "organisations.actions.record_qualified": "web.qualified.views",
    },
    "Setting up who works where, by whoever reaches the command line of the installation.": {
        "organisations.actions.add_service": "cli.partnership.file cli.partnership.places",
        "organisations.actions.add_team": "cli.partnership.file cli.partnership.places",
        "organisations.actions.assign_role": "cli.partnership.file cli.partnership.staff",
        "organisations.actions.cover": "cli.partnership.staff",
        "organisations.actions.end_role": "cli.partnership.leaving",
        "organisations.actions.join": "cli.partnership.file cli.partnership.staff",
        "organisations.actions.leave": "cli.partnership.leaving",
        "organisations.actions.open_partnership": "cli.partnership.file cli.partnership.places",
        "organisations.actions.put_on_duty": "cli.demonstration.partnership cli.partnership.staff",
        "organisations.actions.set_hours": "cli.partnership.places",
        "organisations.actions.set_intermediary": "cli.partnership.places",
        "organisations.actions.set_part2": "cli.partnership.places",
    },
}
ALLOWED = {key: set(modules.split()) for table in LEFT_TO_CALLERS.values() for key, modules in table.items()}


def without_a_lock(functions: list[gates.Function], allowed: dict[str, set[str]]) -> list[str]:
    """Public functions that pass no gate and are not in the table."""
    left = [key for key in gates.undecided(functions) if key.rpartition(".")[0] not in KNOW_NOBODY]
    return [key for key in left if key not in allowed]


def opened_elsewhere(sources: dict[str, str], allowed: dict[str, set[str]]) -> Iterator[str]:
    """Modules that speak of a door of the table and do not stand beside it."""
    for key, modules in gates.callers(sources, set(allowed)).items():
        yield from (f"{module} calls {key}" for module in sorted(modules - allowed[key]))


def test_every_public_function_decides_or_is_in_the_table():
    assert without_a_lock(gates.all_functions(), ALLOWED) == []


def test_only_those_in_the_table_call_what_does_not_decide():
    assert list(opened_elsewhere(gates.our_sources(), ALLOWED)) == []


def test_the_table_names_nothing_that_decides_or_is_not_there():
    """A door that got its lock, or a caller that went, leaves the table."""
    assert set(ALLOWED) - set(gates.undecided(gates.all_functions())) == set()
    calling = gates.callers(gates.our_sources(), set(ALLOWED))
    assert {key: modules - calling.get(key, set()) for key, modules in ALLOWED.items() if modules} == {
        key: set() for key, modules in ALLOWED.items() if modules
    }


OPEN = """
from alongside.plan.models import Goal

def set_aside(*, goal, by):
    Goal.objects.filter(pk=goal).update(state="set_aside")
"""
GATED = """
from alongside.access import queries as allowed

def set_aside(*, goal, by):
    _own(goal, by)

def _own(goal, by):
    allowed.require_own(by, goal, "plan")
"""


@pytest.mark.parametrize(("source", "found"), [(OPEN, ["plan.actions.set_aside"]), (GATED, [])])
def test_a_door_without_a_lock_is_found(source, found):
    assert without_a_lock(list(gates.functions_of("plan", "actions", source)), {}) == found


@pytest.mark.parametrize(
    "source",
    [
        "from alongside.people import actions as people\ndef f(*, by): people.link(one='', other='', by=by)",
        "from alongside.people.actions import link\ndef f(*, by): link(one='', other='', by=by)",
        "from alongside.people import actions\nACT = actions.link",  # not called, but passed on
    ],
)
def test_somebody_who_opens_anothers_door_is_found(source):
    planted = {"web.people.views": source, "sharing.actions.joining": source}
    assert list(opened_elsewhere(planted, ALLOWED)) == ["web.people.views calls people.actions.link"]
