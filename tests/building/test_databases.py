"""Every test that uses a database, but for those in a browser, runs on PostgreSQL too."""

import re
from pathlib import Path

from tests.building import house

USES_ONE = re.compile(r"django_db|transactional_db|live_server|[(, ]db[),]")
IN_A_BROWSER = ("tests/journeys", "tests/building")  # the second reads files: of databases it only speaks


def on_postgresql() -> tuple[str, ...]:
    """The folders that the Makefile gives to PostgreSQL."""
    makefile = (house.REPOSITORY / "Makefile").read_text("utf-8")
    return tuple(re.search(r"^ON_POSTGRESQL := (.*)$", makefile, flags=re.MULTILINE)[1].split())


def left_out(tests: dict[str, str], folders: tuple[str, ...]) -> list[str]:
    """The files, by path with their text, that use a database and are in none of `folders`."""
    return [
        path
        for path, text in tests.items()
        if USES_ONE.search(text) and not path.startswith(tuple(f"{one}/" for one in (*folders, *IN_A_BROWSER)))
    ]


def of_the_tree() -> dict[str, str]:
    found = sorted((house.REPOSITORY / "tests").rglob("test_*.py"))
    return {str(Path(one).relative_to(house.REPOSITORY)): one.read_text("utf-8") for one in found}


def test_none_is_left_out():
    assert left_out(of_the_tree(), on_postgresql()) == []


def test_one_in_another_folder_is_found():
    planted = {
        "tests/unit/plan/test_saving.py": "pytestmark = pytest.mark.django_db\n",
        "tests/unit/plan/test_x.py": "",
    }
    assert left_out(planted, on_postgresql()) == ["tests/unit/plan/test_saving.py"]
