"""The invariants of the house that can be read off its source. Each check is shown a fault that it must find."""

import importlib

import pytest

from alongside.web.consents import previewing
from tests.building import gates, house

ROOMS = house.rooms()


def ids(path):
    return path.name


def modules(room, name):
    """(`actions.py`, all its names), or the modules of `actions/` with the names its `__init__` offers."""
    single = room / f"{name}.py"
    if single.exists():
        return [(single, None)]
    package = room / name
    if not package.exists():
        return []
    return [(package / f"{module}.py", names) for module, names in house.offered(package / "__init__.py").items()]


@pytest.mark.parametrize("room", ROOMS, ids=ids)
def test_every_room_says_what_it_is_for(room):
    readme = room / "README.md"
    assert readme.exists(), f"{room.name} has no README.md"
    assert len(readme.read_text().splitlines()) < 60


@pytest.mark.parametrize("room", [one for one in ROOMS if one.name != "audit"], ids=ids)
def test_actions_say_who_acts(room):
    for module, names in modules(room, "actions"):
        assert house.actions_at_fault(module.read_text(), names) == []


def test_an_action_without_an_actor_is_found():
    assert house.actions_at_fault("def send(*, to): ...") == ["send"]
    assert house.actions_at_fault("def send(to, *, by): ...") == ["send"]


@pytest.mark.parametrize("room", [one for one in ROOMS if one.name not in house.WITHOUT_ACCESS], ids=ids)
def test_queries_ask_for_whom_they_read(room):
    for module, names in modules(room, "queries"):
        faults = {(room.name, name) for name in house.queries_at_fault(module.read_text(), names)}
        assert faults <= house.MAKES_ACCESS


def test_a_query_for_nobody_is_found():
    assert house.queries_at_fault("def everybody(): ...") == ["everybody"]


@pytest.mark.parametrize("module", sorted(house.ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(house.ROOT)))
def test_tables_stay_in_their_room(module):
    room = module.relative_to(house.ROOT).parts[0]
    text = module.read_text()
    assert house.foreign_models(text, room) == []
    assert house.foreign_tables(text, room) == []
    if room in house.ENTRANCES:
        assert not house.reads_tables(text)


def test_a_borrowed_table_is_found():
    assert house.foreign_models("from alongside.people.models import Registration", "plan")
    assert house.foreign_models("from alongside.people import models", "plan")
    assert house.reads_tables("Registration.objects.all()")
    assert house.foreign_tables("SELECT * FROM alongside_people_registration r", "plan") == ["people"]
    assert house.foreign_tables("SELECT * FROM access_grant", "plan") == ["access"]
    assert house.foreign_tables("SELECT * FROM alongside_plan_goal", "plan") == []


@pytest.mark.parametrize("room", ROOMS, ids=ids)
def test_only_actions_write(room):
    if room.name in {"kernel", "definitions", "evaluation"}:
        return
    for module in room.rglob("*.py"):
        inside = module.relative_to(room).parts
        if inside[0] in ("actions.py", "actions", "migrations", "models.py", "corrections.py"):
            continue
        if (room.name, *inside) == ("audit", "rows.py"):
            continue  # the manager that the actions insert with
        assert house.bare_writes(module.read_text()) == [], f"{module} writes"


def test_a_write_outside_actions_is_found():
    assert house.bare_writes("Person.objects.create()") == ["create"]


def test_no_module_grows_out_of_hand():
    too_long = [
        str(module.relative_to(house.ROOT))
        for module in house.ROOT.rglob("*.py")
        if "migrations" not in module.parts and len(module.read_text().splitlines()) > 500
    ]
    assert too_long == []


def rooms_with_states():
    for room in ROOMS:
        if (room / "rules.py").exists() or (room / "rules").exists():
            rules = importlib.import_module(f"alongside.{room.name}.rules")
            if hasattr(rules, "MOVES"):
                yield room.name, rules


@pytest.mark.parametrize(("room", "rules"), list(rooms_with_states()), ids=lambda one: getattr(one, "__name__", one))
def test_every_state_has_moves_and_a_holder(room, rules):
    assert set(rules.MOVES) == set(rules.State)
    assert set(rules.HOLDER) == set(rules.State)
    assert {to for moves in rules.MOVES.values() for to in moves} <= set(rules.State)


@pytest.mark.parametrize(("room", "rules"), list(rooms_with_states()), ids=lambda one: getattr(one, "__name__", one))
def test_a_room_with_states_can_take_its_work_back(room, rules):
    from alongside.sharing.actions import ROOMS as REROUTED

    actions = importlib.import_module(f"alongside.{room}.actions")
    assert hasattr(actions, "reroute")
    assert actions in REROUTED


def test_only_sharing_changes_who_may_see():
    """Consent, links, emergencies and restrictions are called from `sharing` and nowhere else."""
    guarded = {("consent", "give"), ("consent", "withdraw"), ("people", "link"), ("people", "unlink")}
    guarded |= {("safety", "disclose"), ("safety", "review"), ("contacts", "let_go"), ("contacts", "withhold_note")}
    guarded |= {("safety", "withhold_disclosure"), ("safety", "withhold_received")}
    guarded |= {("people", "restrict"), ("people", "lift"), ("access", "break_glass"), ("access", "end_glass")}
    guarded |= {("transitions", "discharge"), ("consent", "end_with_treatment")}
    for module in house.ROOT.rglob("*.py"):
        room = module.relative_to(house.ROOT).parts[0]
        text = module.read_text()
        for owner, act in guarded:
            if room not in ("sharing", owner):
                assert f"{owner}.{act}(" not in text, f"{module} calls {owner}.{act}"


def writing_unread_kinds(sources: dict[str, str]) -> list[str]:
    """Modules that name a kind of which a preview counts what happened in a life alone."""
    named = [f'"{kind}"' for kind in previewing.EVENTS_ALONE]
    here = "web.consents.previewing"
    return [module for module, text in sources.items() if module != here and any(one in text for one in named)]


def test_a_preview_counts_all_that_a_room_keeps():
    assert writing_unread_kinds(gates.our_sources()) == []


def test_a_room_that_keeps_what_no_preview_counts_is_found():
    found = {"crises.actions": 'NEEDS = policy.categories_mask("safety_plan")'}
    assert writing_unread_kinds(found) == ["crises.actions"]
