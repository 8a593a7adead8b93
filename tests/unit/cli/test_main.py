"""The command itself: help that imports nothing, plain errors, exit codes."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from alongside import __version__
from alongside.cli import main as command
from alongside.kernel import errors


def run(*arguments: str):
    return CliRunner().invoke(command.main, arguments)


def test_help_lists_every_command_with_its_words():
    shown = run("--help")
    assert shown.exit_code == 0
    for name, (_where, words) in command.COMMANDS.items():
        assert name in shown.output
        assert words.split()[0] in shown.output


@pytest.mark.parametrize("name", command.COMMANDS)
def test_every_command_that_is_listed_can_be_asked_for_help(name):
    shown = run(name, "--help")
    assert shown.exit_code == 0
    assert "Usage:" in shown.output


def test_version():
    assert run("--version").output == f"alongside {__version__}\n"


def test_an_unknown_command_is_an_error_of_use():
    shown = run("scroe")
    assert shown.exit_code == 2
    assert "scroe" in shown.output


def plainly(error: errors.AlongsideError, monkeypatch):
    @click.command()
    def refuse() -> None:
        raise error

    monkeypatch.setitem(command.COMMANDS, "refuse", ("tests_refuse:refuse", "Refuses."))
    monkeypatch.setitem(sys.modules, "tests_refuse", type(sys)("tests_refuse"))
    sys.modules["tests_refuse"].refuse = refuse
    return run("refuse")


@pytest.mark.parametrize(
    ("error", "code", "shown"),
    [
        (errors.Invalid("item3", "Choose one of 0, 1."), 2, "item3: Choose one of 0, 1.\n"),
        (errors.Several([errors.Invalid("a", "One."), errors.Invalid("b", "Two.")]), 2, "a: One.\nb: Two.\n"),
        (errors.NotAllowed("Ask the team lead."), 4, "Ask the team lead.\n"),
    ],
)
def test_a_refusal_is_one_plain_line_a_problem_and_its_exit_code(error, code, shown, monkeypatch):
    result = plainly(error, monkeypatch)
    assert (result.exit_code, result.stderr, result.stdout) == (code, shown, "")


def test_a_fault_of_ours_is_not_dressed_up_as_a_refusal(monkeypatch):
    result = plainly(ValueError("a fault"), monkeypatch)
    assert isinstance(result.exception, ValueError)


@pytest.mark.parametrize("arguments", [["--help"], ["score", "--help"]])
def test_scoring_does_not_start_the_web_framework(arguments):
    assert "django" not in modules_after(arguments)


def test_help_does_not_start_the_table_engine():
    loaded = modules_after(["--help"])
    assert "alongside.cli.main" in loaded
    assert not loaded & {"ibis", "duckdb", "django"}


def modules_after(arguments: list[str]) -> set[str]:
    code = "import sys; from alongside.cli.main import main\n"
    code += f"main({arguments}, standalone_mode=False)\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    return set(done.stdout.splitlines()[-1].split())
