"""The hazard log is true: every control names a test that exists, and every hazard a room speaks of is in it.

The log is `docs/clinical-safety/hazard-log.toml`. The page that people read is made from it:
`python -m tests.building.test_hazards`.
"""

import ast
import re
import tomllib

import pytest

from tests.building import house

SAFETY = house.REPOSITORY / "docs/clinical-safety"
LOG = SAFETY / "hazard-log.toml"
PAGE = SAFETY / "hazard-log.md"
OPEN = "open"


def hazards():
    return tomllib.loads(LOG.read_text("utf-8"))["hazard"]


# --- Controls name tests ---------------------------------------------------------------------------------------------


def named_tests(source):
    """The tests of a file: `test_x`, and `TestX::test_x` for those in a class."""
    found = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)}
    return {name for name in found if name.split("::")[-1].startswith("test_")}


def exists(test):
    path, _, name = test.partition("::")
    file = house.REPOSITORY / path
    return path.startswith("tests/") and file.is_file() and name in named_tests(file.read_text("utf-8"))


def missing_tests(log):
    """Tests that a control names and that do not exist."""
    named = [(one["id"], control["test"]) for one in log for control in one["controls"] if control["test"] != OPEN]
    return [(hazard, test) for hazard, test in named if not exists(test)]


def test_every_control_names_a_test_that_exists():
    assert missing_tests(hazards()) == []


def test_a_control_without_its_test_is_found():
    here = "tests/building/test_hazards.py"
    planted = [
        {"id": "H-99", "controls": [{"test": f"{here}::test_that_nobody_wrote"}, {"test": OPEN}]},
        {"id": "H-98", "controls": [{"test": "tests/nowhere.py::test_x"}]},
        {"id": "H-97", "controls": [{"test": f"{here}::test_a_control_without_its_test_is_found"}]},
    ]
    assert [hazard for hazard, _test in missing_tests(planted)] == ["H-99", "H-98"]


def test_tests_in_classes_are_found():
    assert named_tests("class TestX:\n    def test_y(self): ...\n    def help(self): ...") == {"TestX::test_y"}


# --- The log is complete ---------------------------------------------------------------------------------------------


def mentioned(text):
    return set(re.findall(r"\bH-\d{2}\b", text))


def places():
    """Everything that may speak of a hazard: the rooms' READMEs, their code, and the documents."""
    return [*house.ROOT.rglob("*.md"), *house.ROOT.rglob("*.py"), *house.REPOSITORY.glob("*.md"), *SAFETY.glob("*.md")]


def test_every_hazard_that_is_mentioned_is_in_the_log():
    said = set().union(*(mentioned(place.read_text("utf-8")) for place in places()))
    assert said - {one["id"] for one in hazards()} == set()


def test_a_hazard_that_is_not_in_the_log_is_found():
    assert mentioned("Hazards: H-01 shown, H-77 unheard of") - {one["id"] for one in hazards()} == {"H-77"}


def strangers(room, readme, log):
    """Hazards that a room's README names and that are another room's: two meanings under one number.

    Where the room does share the hazard, add it to the hazard's `rooms`; otherwise find or give the right number.
    """
    named = mentioned(readme)
    return {one["id"]: one["title"] for one in log if one["id"] in named and room not in one["rooms"]}


@pytest.mark.parametrize("readme", sorted(house.ROOT.glob("*/README.md")), ids=lambda path: path.parent.name)
def test_a_number_means_one_hazard_everywhere(readme):
    assert strangers(readme.parent.name, readme.read_text("utf-8"), hazards()) == {}


def test_a_number_with_two_meanings_is_found():
    log = [{"id": "H-07", "title": "A withdrawal", "rooms": ["consent"]}]
    assert strangers("contacts", "**Hazards**: H-07 a missed contact", log) == {"H-07": "A withdrawal"}
    assert strangers("consent", "**Hazards**: H-07 a withdrawal", log) == {}


def faults(one):
    """What an entry of the log lacks."""
    lacking = [key for key in ("id", "title", "cause", "effect", "rooms", "controls") if not one.get(key)]
    lacking += [
        "words or test of a control" for control in one.get("controls", ()) if set(control) != {"words", "test"}
    ]
    return lacking + [room for room in one.get("rooms", ()) if not (house.ROOT / room).is_dir()]


@pytest.mark.parametrize("one", hazards(), ids=lambda one: one["id"])
def test_every_hazard_is_whole(one):
    assert faults(one) == []


def test_an_entry_with_a_gap_is_found():
    whole = {"id": "H-99", "title": "t", "cause": "c", "effect": "e", "rooms": ["access"]}
    assert faults({**whole, "controls": []}) == ["controls"]
    assert faults({**whole, "controls": [{"words": "w"}]}) == ["words or test of a control"]
    assert faults({**whole, "rooms": ["cellar"], "controls": [{"words": "w", "test": OPEN}]}) == ["cellar"]


def test_hazards_are_numbered_once_and_never_dropped():
    """A number that was given stays: a hazard is closed by its controls, not by leaving the log."""
    assert [one["id"] for one in hazards()] == [f"H-{number:02}" for number in range(1, len(hazards()) + 1)]


# --- The page is what the log says -----------------------------------------------------------------------------------

OPENING = """\
# Hazard log

Made from `docs/clinical-safety/hazard-log.toml` by `python -m tests.building.test_hazards`; do not edit.
What this log is, who scores it and what is missing: [clinical safety](README.md). No hazard has been scored: that is
for a clinical safety officer, and none is appointed yet.
"""


def render(log):
    """The whole page: what is open first, then every hazard with its controls."""
    opened = [(one, control) for one in log for control in one["controls"] if control["test"] == OPEN]
    lines = [OPENING, "## Open", "", *(_open_line(one, control) for one, control in opened)]
    lines += ["Nothing is open: every control has a test."] * (not opened)
    return "\n".join([*lines, "", *(line for one in log for line in _section(one))])


def _open_line(one, control):
    return f"- **{one['id']}** {one['title']}: {control['words']} *No test yet.*"


def _section(one):
    controls = [f"- {control['words']}{_proof(control['test'])}" for control in one["controls"]]
    told = [f"Cause: {one['cause']}", "", f"Effect: {one['effect']}", "", f"Rooms: {', '.join(one['rooms'])}.", ""]
    return [f"## {one['id']}: {one['title']}", "", *told, *controls, ""]


def _proof(test):
    return " **Open.**" if test == OPEN else f"\n  `{test}`"


def test_the_committed_page_is_what_the_log_says():
    assert PAGE.read_text("utf-8") == render(hazards()), "Run: python -m tests.building.test_hazards"


def test_what_is_open_stands_on_top():
    one = {"id": "H-99", "title": "T", "cause": "c", "effect": "e", "rooms": ["access"]}
    page = render([{**one, "controls": [{"words": "W.", "test": OPEN}]}])
    assert page.index("**H-99** T: W.") < page.index("## H-99")


if __name__ == "__main__":
    PAGE.write_text(render(hazards()), "utf-8")
    print(f"Wrote {PAGE.relative_to(house.REPOSITORY)}.")  # noqa: T201 - said to whoever runs it
