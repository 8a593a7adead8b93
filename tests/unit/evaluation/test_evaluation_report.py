"""The report for each audience: stamped, honest, readable by everybody, and standing alone."""

import csv
import io
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from alongside.evaluation.engine import Evaluation, evaluate
from alongside.evaluation.report import render, staying
from alongside.evaluation.report.figures import Figures
from alongside.evaluation.retention import Curve, Point
from alongside.evaluation.rules.audience import Audience, Stamp, stamp
from alongside.evaluation.tables import Tables as EvaluationTables
from alongside.evaluation.writing import files
from tests.unit.evaluation.evaluating import QUIET, Tables
from tests.unit.evaluation.test_evaluation_engine import partnership

pytestmark = pytest.mark.filterwarnings(QUIET)

STAMPS = {
    Audience.INTERNAL: stamp(Audience.INTERNAL),
    Audience.PUBLICATION: stamp(Audience.PUBLICATION, 'A. "Name" </style>', "Exact; partners agreed"),
    Audience.PUBLIC: stamp(Audience.PUBLIC),
}


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    tables = partnership()
    for number in range(60):
        phq9 = (15, 5) if number % 2 else (15, 14)
        tables.course(f"more {number}", phq9=phq9, gad7=(12, 4))
        tables.rows["persons"][-1]["sex"] = "female" if number < 57 else "male"
    return evaluate(EvaluationTables.from_arrow(tables.arrow()))


@pytest.fixture(scope="module")
def pages(evaluation: Evaluation) -> dict[Audience, str]:
    return {audience: render(evaluation, given) for audience, given in STAMPS.items()}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "action")]


@pytest.mark.parametrize("audience", Audience)
def test_the_page_stands_alone(audience: Audience, pages: dict[Audience, str]) -> None:
    reader = _Reader()
    reader.feed(pages[audience])
    assert "script" not in reader.tags
    assert "link" not in reader.tags
    outside = [one for one in reader.addresses if not one.startswith("#")]
    assert all(address.startswith("data:image/svg+xml;base64,") for address in outside)
    assert "url(" not in pages[audience]


@pytest.mark.parametrize("audience", Audience)
def test_the_contents_name_every_part_that_is_there(audience: Audience, pages: dict[Audience, str]) -> None:
    contents = re.search(r'<nav class="contents".*?</nav>', pages[audience], flags=re.DOTALL)
    assert contents
    listed = re.findall(r'href="#(\w+)">(.*?)</a>', contents.group())
    assert listed == re.findall(r'<h2 id="(\w+)">(.*?)</h2>', pages[audience])
    assert ("groups", "Who does less well") in listed


def test_groups_are_open_in_the_file_that_is_printed(evaluation: Evaluation, pages: dict[Audience, str]) -> None:
    opened = pages[Audience.INTERNAL].count('<details class="group" open>')
    assert opened == pages[Audience.INTERNAL].count("<details") >= 5


@pytest.mark.parametrize("audience", Audience)
def test_the_stamp_is_on_every_page(audience: Audience, pages: dict[Audience, str]) -> None:
    page = pages[audience]
    assert page.count(f'<p class="stamp {audience}">') == 2
    assert re.search(r'@top-left { content: "\w', page), "printed pages carry it in their margin"
    assert page.count("</style>") == 1, "an approver's name must not end the style sheet"


def test_a_publication_names_who_decided_what(pages: dict[Audience, str]) -> None:
    assert (
        "Approved by A. &#34;Name&#34; &lt;/style&gt;. Decision: Exact; partners agreed" in pages[Audience.PUBLICATION]
    )


def test_mood_is_never_told_alone(pages: dict[Audience, str]) -> None:
    lead = re.findall(r'<p class="lead">(.*?)</p>', pages[Audience.INTERNAL])
    assert any("Below both cut-offs at the end: 31 of 63, 49.2 % (" in line for line in lead)
    assert any(line.startswith("Of those, 0 used on fewer days, 0 on as many and 1 on more") for line in lead)


@pytest.mark.parametrize("section", ["What this cannot say", "Unverified", "Tables not given", "SHA-256", "Made at"])
def test_what_a_reader_must_be_told(section: str, pages: dict[Audience, str]) -> None:
    assert section in pages[Audience.INTERNAL]


def test_an_identifier_is_shown_to_the_partnership_only(pages: dict[Audience, str]) -> None:
    assert "backwards" in pages[Audience.INTERNAL]
    assert "backwards" not in pages[Audience.PUBLIC]


def test_the_public_page_has_no_small_or_exact_count(evaluation: Evaluation, pages: dict[Audience, str]) -> None:
    cells = re.findall(r"<(?:td|b)>(.*?)</(?:td|b)>", pages[Audience.PUBLIC].split('<h2 id="source">')[0])
    counts = [int(found.replace(",", "")) for found in re.findall(r"\b(?:about )?([\d,]+)\b", " ".join(_counts(cells)))]
    assert counts
    assert [count for count in counts if count % 5 or 0 < count < 5] == []


def _counts(cells: list[str]) -> list[str]:
    """The cells that hold counts: `about 60` and `30 of 60, …`; percentages and hours are not counts."""
    return [
        cell.split(",")[0] if " of " in cell else cell for cell in cells if re.match(r"(about )?[\d,]+($| of )", cell)
    ]


def test_the_public_has_no_retention_steps(evaluation: Evaluation, pages: dict[Audience, str]) -> None:
    assert "retention.csv" in files(evaluation, STAMPS[Audience.INTERNAL])
    assert "retention.csv" not in files(evaluation, STAMPS[Audience.PUBLIC])
    assert "Retention is not shown in a public report" in pages[Audience.PUBLIC]


def test_public_measures_are_hidden_in_the_file_too(evaluation: Evaluation) -> None:
    lines = files(evaluation, STAMPS[Audience.PUBLIC])["measures.csv"].splitlines()
    male = [line for line in lines if ",sex,male," in line]
    assert male
    assert all(line.split(",")[4] in ("*",) for line in male)


def test_a_report_without_anything_still_says_so() -> None:
    from tests.unit.evaluation.evaluating import Tables

    tables = Tables()
    tables.episode("e1", service_kind="other")
    empty = evaluate(EvaluationTables.from_arrow({name: tables.arrow()[name] for name in ("persons", "episodes")}))
    page = render(empty, Stamp())
    assert "No substance use was recorded" in page
    assert "no episode of a service they count" in page
    assert render(replace(empty, findings=()), Stamp()).count("No row was left out") == 1


@pytest.fixture(scope="module")
def strange() -> Evaluation:
    """One course on a measure without a reliable change, in groups that a spreadsheet would run as formulas."""
    tables = Tables()
    tables.episode("e1", problem_descriptor="83482000", service_id='=HYPERLINK("x")', arm="@one & <two>")
    tables.treat("e1", phq9=(20, 2), biq=(60, 10), gad7=(15, 2))
    tables.rows["persons"][0] |= {"sex": "-1", "ethnicity": "+44"}
    for service in ("total", "b"):
        tables.episode(f"of {service}", service_id=service, accepted="false", declined_reason=service, discharged="")
    return evaluate(EvaluationTables.from_arrow(tables.arrow()))


def test_courses_whose_change_cannot_be_judged_are_counted(strange: Evaluation) -> None:
    assert (strange.row("recovery").numerator, strange.row("reliable_improvement").numerator) == (1, 0)
    page = files(strange, STAMPS[Audience.INTERNAL])["report.html"]
    assert "no reliable change is known for the measure, so none is claimed: 1 of 1" in page


def test_groups_are_written_as_the_tables_have_them(strange: Evaluation) -> None:
    written = files(strange, STAMPS[Audience.INTERNAL])
    rows = list(csv.DictReader(io.StringIO(written["measures.csv"])))
    groups = {(row["breakdown"], row["group"]) for row in rows}
    expected = {("service", '=HYPERLINK("x")'), ("arm", "@one & <two>"), ("sex", "-1"), ("ethnicity", "+44")}
    assert expected <= groups
    assert "@one &amp; &lt;two&gt;" in written["report.html"]
    assert "<two>" not in written["report.html"]


def test_a_service_may_be_called_total(strange: Evaluation) -> None:
    found = [(flow.service, dict(flow.declined_reasons)) for flow in strange.flows]
    assert found[0] == ("total", {"b": 1, "total": 1})
    assert found[1:] == [('=HYPERLINK("x")', {}), ("b", {"b": 1}), ("total", {"total": 1})]


def drawn(*groups: tuple[str, str]) -> list[str]:
    """The titles of the retention pictures for these (breakdown, group)."""
    step = Point(0, 3, 0, 0, 1.0, 1.0, 1.0)
    curves = [Curve(breakdown, group, 3, 0, (step, replace(step, day=30))) for breakdown, group in groups]
    return [picture.title for picture in staying.retention(curves, Figures(Audience.INTERNAL))]


def test_retention_by_a_history_that_nobody_recorded_is_not_drawn() -> None:
    arm, history, both = "arm_in_pathway", "history_mood_anxiety", "arm_in_pathway_and_history"
    one, group = "A pathway / one_to_one", "A pathway / group"
    unknown = [(arm, one), (history, "unknown"), (both, f"{one}, history unknown"), (both, f"{group}, history unknown")]
    assert drawn(*unknown) == drawn((arm, one))
    assert len(drawn(*unknown, (history, "yes"), (both, f"{one}, history yes"))) == 3
