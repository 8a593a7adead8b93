"""The list of what was erased: what it says, that it only grows, and what is said of one that is not whole."""

import stat

import pytest

from alongside.audit import erased
from alongside.audit.erased import FIRST, Unreadable, among, line
from alongside.audit.erased import add as add_to
from alongside.audit.erased import read as lines_of

OLD, NEW = "a first secret", "a second secret"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "elsewhere" / "erased.txt"


def test_it_holds_no_id_and_is_nobody_elses_to_read(file):
    add_to(file, [line("reg_sam", NEW)])
    assert "reg_sam" not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_it_only_grows_and_a_line_stands_once(file):
    add_to(file, [line("reg_one", NEW)])
    add_to(file, [line("reg_one", NEW), line("reg_two", NEW)])
    assert lines_of(file) == [line("reg_one", NEW), line("reg_two", NEW)]
    assert file.read_text().splitlines()[0] == FIRST


def test_who_is_on_it_is_found_under_every_key(file):
    add_to(file, [line("reg_one", OLD), line("reg_two", NEW)])
    here = ["reg_zero", "reg_one", "reg_two"]
    assert among(here, lines_of(file), [NEW, OLD]) == ["reg_one", "reg_two"]


def test_a_line_under_a_key_that_is_gone_is_not_passed_over(file):
    add_to(file, [line("reg_one", OLD)])
    with pytest.raises(Unreadable, match="no longer in ALONGSIDE_LEDGER_KEYS"):
        among(["reg_one"], lines_of(file), [NEW])


def test_without_a_file_nobody_was_erased(file):
    assert lines_of(file) == []


@pytest.mark.parametrize(
    "text", ["something else\n", f"{FIRST}\nshort\n", f"{FIRST}\n{line('reg_one', NEW)}", f"{FIRST}\n{'x' * 40}"]
)
def test_one_that_is_cut_off_or_something_else_is_not_read(file, text):
    file.parent.mkdir()
    file.write_text(text)
    with pytest.raises(Unreadable, match="not a whole list"):
        lines_of(file)


def test_where_it_cannot_be_written_it_says_so(file):
    file.parent.write_text("a file where a folder should be")
    with pytest.raises(Unreadable, match="cannot be read or written"):
        add_to(file, [line("reg_one", NEW)])


def test_keys_for_two_ends_differ():
    assert erased._key(NEW) != erased._key(OLD)
