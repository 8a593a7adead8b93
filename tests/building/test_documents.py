"""What the documents say about the house is true: links, paths, floors, settings, words. Each check meets a fault."""

import ast
import re
import shlex
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from alongside.cli.main import COMMANDS, main
from alongside.journey import actions as journey
from alongside.kernel import clock
from alongside.organisations import queries as organisations
from tests import factories
from tests.building import house

ROOT = house.REPOSITORY
FOLDERS = ("docs", "src", "examples", "benchmarks", "scripts", "tests")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(page for folder in FOLDERS for page in (ROOT / folder).rglob("*.md"))])
each_document = pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: str(page.relative_to(ROOT)))


def without_code(text):
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


# --- Links and paths -------------------------------------------------------------------------------------------------


def anchors(text):
    """The addresses of a page's headings, as code hosts make them."""
    titles = re.findall(r"^#+ (.+)$", without_code(text), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def leads_somewhere(there, heading, text):
    if there is not None and not there.exists():
        return False
    return not heading or heading in anchors(there.read_text("utf-8") if there else text)


def dead_links(text, folder):
    """Links to files or headings that are not there. Links to the web are not followed: nothing here is fetched."""
    dead = []
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code(text)):
        address, _, heading = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        there = (folder / address).resolve() if address else None
        if not leads_somewhere(there, heading, text):
            dead.append(target)
    return dead


def missing_paths(text):
    """Paths of the repository in backticks that are not there; `<room>`, `…` and `NAME` stand for something."""
    named = re.findall(rf"`((?:{'|'.join(FOLDERS)})/[^`\s]*)`", text)
    real = [path.partition("::")[0] for path in named if not re.search(r"[<…{]|NAME|NNNN", path)]
    return [path for path in real if not list(ROOT.glob(path.rstrip("/")))]


@each_document
def test_links_lead_somewhere(page):
    assert dead_links(page.read_text("utf-8"), page.parent) == []


def test_a_dead_link_is_found():
    assert dead_links("[gone](nowhere.md)", ROOT) == ["nowhere.md"]
    assert dead_links("[gone](pyproject.toml#nowhere)", ROOT) == ["pyproject.toml#nowhere"]
    assert dead_links("# Here\n[fine](#here) [web](https://example.org)", ROOT) == []


@each_document
def test_paths_that_are_named_exist(page):
    assert missing_paths(page.read_text("utf-8")) == []


def test_a_path_that_is_not_there_is_found():
    assert missing_paths("see `src/alongside/cellar/rules.py`") == ["src/alongside/cellar/rules.py"]
    assert missing_paths("see `src/alongside/<room>/rules.py` and `src/alongside/*/rules.py`") == []


# --- What no document may carry --------------------------------------------------------------------------------------

MACHINE = re.compile(r"(?<![\w.:/])/(?:work|tmp|root)\b/?")
HOSTS = re.compile("|".join(map(re.escape, house.REGISTRIES)), re.IGNORECASE)
WORKPLACE = re.compile(r"\bhelpers?\b|session brief", re.IGNORECASE)


def out_of_place(text):
    """Paths of one machine, hosts of registries, and words about how the text came to be written."""
    return [found.group() for pattern in (MACHINE, HOSTS, WORKPLACE) for found in pattern.finditer(text)]


@each_document
def test_a_document_speaks_of_the_project_alone(page):
    assert out_of_place(page.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "text", ["in `/tmp/x`", f"from https://{house.REGISTRIES[0]}/simple", "as the helper said", "/work/main"]
)
def test_what_is_out_of_place_is_found(text):
    assert out_of_place(text)


def test_ordinary_words_are_in_place():
    assert out_of_place("Work and home: the src/alongside/root of it. They help each other.") == []


# --- The map of the house --------------------------------------------------------------------------------------------


def contract_floors():
    """The floors as the import contract holds them, top first; brackets only mean that a room may be still to come."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["type"] == "layers")
    return [tuple(re.findall(r"\w+", layer)) for layer in layers]


def described_floors(text):
    """The floors in the block that opens with `floors`: `web | cli    what it is`, a line a floor."""
    block = re.search(r"```text floors\n(.*?)```", text, flags=re.DOTALL)
    lines = block.group(1).splitlines() if block else []
    return [tuple(re.findall(r"\w+", line.partition("  ")[0])) for line in lines if line and not line.startswith(" ")]


def test_the_map_shows_the_floors_of_the_contract():
    assert described_floors((ROOT / "DEVELOPING.md").read_text("utf-8")) == contract_floors()


def test_a_floor_that_is_not_on_the_map_is_found():
    described = described_floors("```text floors\nweb | cli    entrances\n             and doors\nkernel   ground\n```")
    assert described == [("web", "cli"), ("kernel",)]
    assert described != contract_floors()


# --- Settings --------------------------------------------------------------------------------------------------------

SETTINGS = ROOT / "docs/reference/settings.md"


def settings_read(source):
    """Names of settings that a Python text mentions as a whole string."""
    texts = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    return {text for text in texts if isinstance(text, str) and re.fullmatch(r"ALONGSIDE_[A-Z_]+", text)}


def settings_listed(text):
    """The settings that have a row of their own in the reference."""
    return set(re.findall(r"^\| `(ALONGSIDE_[A-Z_]+)` \|", text, flags=re.MULTILINE))


def read_in(*folders):
    files = [file for folder in folders for file in (ROOT / folder).rglob("*.py")]
    return set().union(*(settings_read(file.read_text("utf-8")) for file in files))


def test_every_setting_is_in_the_reference():
    assert read_in("src") <= settings_listed(SETTINGS.read_text("utf-8"))


def test_the_reference_lists_no_setting_that_nobody_reads():
    assert settings_listed(SETTINGS.read_text("utf-8")) <= read_in("src", "tests", "scripts")


def test_a_setting_nobody_wrote_down_is_found():
    assert settings_read('env.text("ALONGSIDE_SECRET", "x")') == {"ALONGSIDE_SECRET"}
    assert settings_listed("| `ALONGSIDE_HOME` | where |\nthe `ALONGSIDE_OTHER` setting") == {"ALONGSIDE_HOME"}


# --- Words -----------------------------------------------------------------------------------------------------------

# The words of the product, one meaning each; whoever needs another word puts it here and in the glossary.
WORDS = """
person, service, team, practitioner, role, partnership, pathway, arm, referral, episode, journey, contact, instrument,
response, score, plan, goal, action, agreement, consultation, consent, grant, disclosure, holder, transition, outcome,
lead practitioner, flag, scores recovery, personal recovery
"""


def words(text):
    return [word.strip() for word in text.replace("\n", " ").split(",") if word.strip()]


def owned_words(readme):
    """The words that a room's README says it owns, explanations in brackets left out."""
    found = re.search(r"\*\*Words it owns\*\*:(.*?)(?=\n\s*\n|\n\* |\Z)", readme, flags=re.DOTALL)
    text = re.sub(r"\([^)]*\)", "", found.group(1) if found else "").replace("*", "").replace(";", ",").rstrip(". \n")
    return [re.sub(r"\s+", " ", word) for word in words(text)]


def explained(glossary):
    """The words that the glossary explains: in bold, at the beginning of a row or a line."""
    return {word.lower() for word in re.findall(r"^(?:\| |- )?\*\*(.+?)\*\*", glossary, flags=re.MULTILINE)}


@pytest.mark.parametrize("word", words(WORDS))
def test_the_glossary_has_the_words_of_the_product(word):
    assert word in explained((ROOT / "GLOSSARY.md").read_text("utf-8"))


@pytest.mark.parametrize("readme", sorted(house.ROOT.glob("*/README.md")), ids=lambda path: path.parent.name)
def test_the_glossary_has_the_words_of_every_room(readme):
    known = explained((ROOT / "GLOSSARY.md").read_text("utf-8"))
    assert [word for word in owned_words(readme.read_text("utf-8")) if word.lower() not in known] == []


def test_a_word_that_nobody_explained_is_found():
    assert owned_words("* **Words it owns**: task, holder\n  (who must act), due.\n* **Refuses**: more") == [
        "task",
        "holder",
        "due",
    ]
    assert explained("| **Task** | something owed |\nthe **holder** of it") == {"task"}


# --- Decisions -------------------------------------------------------------------------------------------------------

RECORDS = sorted((ROOT / "docs/adr").glob("*.md"))


def fault_of_record(name, text):
    """What a record of a decision lacks."""
    number = name[:4]
    if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", name) or not text.startswith(f"# {int(number)}. "):
        return "its number"
    return next((part for part in ("Status:", "## Context", "## Decision", "## Consequences") if part not in text), "")


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.name)
def test_a_decision_says_why_and_what_follows(record):
    assert fault_of_record(record.name, record.read_text("utf-8")) == ""


def test_no_two_decisions_have_one_number():
    numbers = [record.name[:4] for record in RECORDS]
    assert sorted(set(numbers)) == numbers


def test_a_decision_without_its_parts_is_found():
    unfinished = "# 1. X\n\nStatus: accepted\n\n## Context\n\n## Decision\n"
    assert fault_of_record("0001-x.md", "# 2. X\n") == "its number"
    assert fault_of_record("0001-x.md", unfinished) == "## Consequences"


def test_there_are_documents_at_all():
    """Every check above runs over what was found; nothing found would be nothing checked."""
    assert {"DEVELOPING.md", "GLOSSARY.md", "README.md"} <= {page.name for page in DOCUMENTS}
    assert len(RECORDS) >= 10
    assert Path(house.ROOT / "access/README.md") in DOCUMENTS


# --- What can be typed -----------------------------------------------------------------------------------------------


def unknown_commands(text, verbs, targets):
    """Lines in a `sh` block that call a command of ours, or a target of make, that does not exist."""
    lines = [line for block in re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL) for line in block.splitlines()]
    called = [re.match(r"(?:\.venv/bin/)?(alongside|make) ([a-z]\w*)", line) for line in lines]
    known = {"alongside": verbs, "make": targets}
    return [found.group() for found in called if found and found.group(2) not in known[found.group(1)]]


def make_targets():
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda page: page.name)
def test_commands_that_can_be_typed_exist(page):
    assert unknown_commands(page.read_text("utf-8"), set(COMMANDS), make_targets()) == []


def test_a_command_that_does_not_exist_is_found():
    text = "```sh\n.venv/bin/alongside conjure --all\nmake install\nmake merry\n```"
    assert unknown_commands(text, {"score"}, {"install"}) == [".venv/bin/alongside conjure", "make merry"]


class Partnership:
    """Somebody who types what the document says, and reads ids out of the list."""

    page = (ROOT / "docs/how-to/set-up-a-partnership.md").read_text("utf-8")

    def file(self):
        return re.search(r"```toml\n(.*?)```", self.page, flags=re.DOTALL).group(1)

    def lines(self):
        """What is typed before the trial on one machine, which does the same once more."""
        typed = self.page.partition("## On one machine")[0]
        blocks = re.findall(r"```sh\n(.*?)```", typed, flags=re.DOTALL)
        return [line.removeprefix(".venv/bin/alongside ") for block in blocks for line in block.splitlines()]

    def type(self, line):
        words = [self.id_of(word) if re.fullmatch("[A-Z_]{3,}", word) else word for word in shlex.split(line)]
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0, f"{line}: {done.output}"
        return done.output

    def id_of(self, word):
        """`SAM` is the first id in the line of the list that begins with Sam, `SAM_ROLE` that line's role."""
        name, _underscore, role = word.partition("_")
        [line, *_] = [one for one in self.listed().splitlines() if one.strip().startswith(name.capitalize())]
        return re.findall(r"rol_\w+" if role else r"(?:ser|tea|pra)_\w+", line)[0]

    def listed(self):
        return self.type("partnership list")


def has_somebody(email):
    """Whoever signs in as `email` treats somebody."""
    keyworker = organisations.access_by_email(email, "direct_care")
    registration = factories.registered(factories.Service(keyworker.service, "", ""))
    journey.open_episode(
        registration=registration,
        team=keyworker.teams[0],
        practitioner=keyworker.actor,
        received_on=clock.today(),
        by=keyworker,
    )


@pytest.mark.django_db(transaction=True)
def test_a_partnership_can_be_set_up_as_the_document_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    reader = Partnership()
    (tmp_path / "partnership.toml").write_text(reader.file(), "utf-8")
    for line in reader.lines():
        if line.startswith("partnership leave"):
            has_somebody("sam.reed@example.org")
        told = reader.type(line)
    assert "Priya Shah takes over 1 person, 1 task." in told  # the last line is Sam's leaving
    listed = reader.listed()
    assert "open mon-thu 09:00-20:00, fri 09:00-12:00,13:00-17:00" in listed
    assert re.search(r"Ngozi Obi .* Team lead", listed)
    assert not re.search(r"Ngozi Obi .* Therapist", listed)
    assert re.search(r"Priya Shah .* Keyworker", listed)
    assert "Sam Reed" not in listed
