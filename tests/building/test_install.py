"""What a newcomer installs: locked, licensed, described, and free of the machine on which it was written."""

import importlib.metadata
import re
import subprocess
import tomllib
from email.message import Message

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.building import house

ROOT = house.REPOSITORY
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SCRIPTS = sorted([*(ROOT / "scripts").glob("*.sh"), ROOT / ".ci/run"])
each_script = pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)


def run(*command, given=None):
    return subprocess.run(command, cwd=ROOT, input=given, capture_output=True, text=True, check=False)  # noqa: S603


# --- Shell scripts ---------------------------------------------------------------------------------------------------


def shell_faults(text):
    """What shellcheck warns of, after the shell itself has read the text."""
    read = run("sh", "-n", given=text)
    return read.stderr or run(".venv/bin/shellcheck", "-x", "-S", "warning", "-", given=text).stdout


@each_script
def test_a_shell_can_read_it(script):
    assert shell_faults(script.read_text("utf-8")) == ""


@pytest.mark.parametrize("script", sorted((ROOT / "scripts").glob("*.sh")), ids=lambda script: script.name)
def test_any_shell_can_read_it(script):
    first = script.read_text("utf-8").splitlines()[0]
    assert first == "#!/bin/sh" or (script.name == "apt.sh" and first.startswith("# Read by"))


@pytest.mark.parametrize(
    "planted", ["if true; then", '#!/bin/sh\n[[ "$1" == a* ]]\n', "#!/bin/sh\nrm -rf $1/*\ncd x\n"]
)
def test_a_faulty_script_is_found(planted):
    assert shell_faults(planted) != ""


# --- Nothing of one machine ------------------------------------------------------------------------------------------

HOSTS = re.compile("|".join([*map(re.escape, house.REGISTRIES), "index-url"]), re.IGNORECASE)
MACHINE = re.compile(r"(?<![\w.:/*])/(?:work|root|home/\w+|Users/\w+)/")
# These two hold planted faults; lock.sh tells the locker to leave addresses out.
PLANTED = {"tests/building/test_install.py", "tests/building/test_documents.py"}
LEAVES_OUT = "--no-emit-index-url"


def tracked():
    listed = run("git", "ls-files", "-z")
    if listed.returncode:
        pytest.skip("not a git checkout, so nothing says which files are the project's")
    return [ROOT / name for name in listed.stdout.split("\0") if name and name not in PLANTED]


def of_a_machine(text):
    return [found.group() for which in (HOSTS, MACHINE) for found in which.finditer(text.replace(LEAVES_OUT, ""))]


def test_no_file_names_a_registry_or_a_folder_of_one_machine():
    texts = {path: path.read_text("utf-8", errors="ignore") for path in tracked() if path.is_file()}
    assert {path.name: of_a_machine(text) for path, text in texts.items() if of_a_machine(text)} == {}


@pytest.mark.parametrize(
    "planted",
    ["--index-url x", "see /home/ada/alongside", "HOME=/root/x", *(f"https://{host}/a" for host in house.REGISTRIES)],
)
def test_a_machine_is_found(planted):
    assert of_a_machine(planted)


def test_ordinary_addresses_are_not_a_machine():
    assert of_a_machine("https://example.org/home/ada/ src/alongside/web/templates/home/page.jinja work/other") == []


# --- The lock --------------------------------------------------------------------------------------------------------

LOCKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[\w,-]+\])?==([^\s;]+)(?:\s*;\s*([^\\]+?))?\s*(\\)?$", re.MULTILINE)


def locked(text):
    """Each package of a lock with its version."""
    return {canonicalize_name(name): version for name, version, _where, _more in LOCKED.findall(text)}


def without_hash(text):
    """Packages whose next line gives no hash: pip would have to take them on trust."""
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    return [block.split("==")[0] for block in blocks if block.strip() and "--hash=sha256:" not in block]


def not_locked(wanted, lock):
    """Requirements that the lock misses, or holds in a version that they refuse."""
    asked = [Requirement(one) for one in wanted]
    return [
        str(one)
        for one in asked
        if canonicalize_name(one.name) not in lock or lock[canonicalize_name(one.name)] not in one.specifier
    ]


def lock_of(name):
    return (ROOT / name).read_text("utf-8")


GROUPS = PROJECT["dependency-groups"]
WANTED = {
    "requirements-build.txt": GROUPS["build"],
    "requirements.txt": [*PROJECT["project"]["dependencies"], *GROUPS["build"]],
    "requirements-test.txt": [*PROJECT["project"]["dependencies"], *GROUPS["build"], *GROUPS["test"]],
}


@pytest.mark.parametrize("name", WANTED)
def test_everything_that_is_wanted_is_locked_by_its_hash(name):
    assert not_locked(WANTED[name], locked(lock_of(name))) == []
    assert without_hash(lock_of(name)) == []


def needs(name, extras=("",)):
    """What an installed package asks for on this machine, with the extras that were asked of it."""
    for one in importlib.metadata.requires(name) or []:
        asked = Requirement(one)
        if asked.marker is None or any(asked.marker.evaluate({"extra": extra}) for extra in extras):
            yield canonicalize_name(asked.name), tuple(asked.extras) or ("",)


def reached(wanted):
    """Every package that the wanted ones lead to."""
    waiting = [(canonicalize_name(one.name), tuple(one.extras) or ("",)) for one in map(Requirement, wanted)]
    seen = set()
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += needs(*one)
    return {name for name, _extras in seen}


def for_this_machine(text):
    """Packages of the lock that no condition keeps from this machine."""
    found = LOCKED.findall(text)
    return {
        canonicalize_name(name)
        for name, _version, where, _more in found
        if not where or Requirement(f"x; {where}").marker.evaluate()
    }


@pytest.mark.parametrize("name", WANTED)
def test_nothing_is_locked_that_nobody_wants(name):
    assert for_this_machine(lock_of(name)) == reached(WANTED[name])


def test_tests_run_on_what_is_run():
    everything = locked(lock_of("requirements-test.txt")).items()
    assert (
        locked(lock_of("requirements-build.txt")).items() <= locked(lock_of("requirements.txt")).items() <= everything
    )


def test_a_gap_in_a_lock_is_found():
    lock = "click==8.5.1 \\\n    --hash=sha256:00\nhatchling==1.20\n"
    assert not_locked(["click>=8.5"], locked(lock)) == []
    assert not_locked(["hatchling>=1.27", "django>=5"], locked(lock)) == ["hatchling>=1.27", "django>=5"]
    assert without_hash(lock) == ["hatchling"]


# --- The commands ----------------------------------------------------------------------------------------------------


def targets(text):
    """Names that can be given to make."""
    return set(re.findall(r"^([a-z][a-z-]*):(?!=)", text, flags=re.MULTILINE))


def test_help_lists_every_target():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    told = {line.split()[0] for line in run("make", "--no-print-directory", "help").stdout.splitlines()}
    assert told == targets(makefile) == set(re.search(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)[1].split())


def test_a_target_without_help_is_found():
    assert targets("BIN := x\nhelp: ## list\n\techo\nhidden: help\n") == {"help", "hidden"}


# --- Licences --------------------------------------------------------------------------------------------------------

# Lesser licences may be used, not changed; and one package states its licence in a file only.
ALLOWED = {
    "psycopg": "LGPL: used as it is, replaceable by whoever installs it",
    "psycopg-binary": "LGPL: used as it is, replaceable by whoever installs it",
    "python-stdnum": "LGPL: used as it is, replaceable by whoever installs it",
    "axe-playwright-python": "MIT, by the LICENSE file in its wheel; its axe-core is MPL-2.0",
    "cedarpy": "Apache-2.0, by the LICENSE file in its wheel",
}


def licence_fault(metadata):
    """Why a package may not be here, or nothing: GNU licences stay out, and silence is not a licence."""
    stated = [metadata.get("License-Expression") or "", (metadata.get("License") or "").partition("\n")[0]]
    stated += [one for one in metadata.get_all("Classifier") or [] if one.startswith("License ::")]
    words = " ".join(stated)
    if not words.strip():
        return "states no licence"
    # A choice that leaves out the GNU one is ours to make.
    if " OR " in stated[0] and not all("GPL" in one for one in stated[0].split(" OR ")):
        return None
    return words if re.search(r"GPL|General Public", words) else None


def licence_faults(packages):
    return {
        one["Name"]: licence_fault(one) for one in packages if one["Name"].lower() not in ALLOWED and licence_fault(one)
    }


def test_no_package_binds_by_its_licence():
    installed = [one.metadata for one in importlib.metadata.distributions()]
    assert licence_faults(installed) == {}
    assert {one["Name"].lower() for one in installed} >= set(ALLOWED)


@pytest.mark.parametrize(
    ("field", "stated"),
    [
        ("License-Expression", "AGPL-3.0-only"),
        ("License", "GNU General Public License v3"),
        ("Classifier", "License :: OSI Approved :: GNU Affero General Public License v3"),
        ("Classifier", "Topic :: Text"),
    ],
)
def test_a_licence_that_binds_is_found(field, stated):
    planted = Message()
    planted["Name"] = "planted"
    planted[field] = stated
    assert licence_faults([planted])


def test_our_own_licence_is_apache():
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License\n" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert PROJECT["project"]["license"] == "Apache-2.0"
    assert importlib.metadata.metadata("alongside")["License-Expression"] == "Apache-2.0"
