"""Every instrument file says where it comes from, holds no float, and is refused when it contradicts itself."""

from collections.abc import Iterator
from decimal import Decimal
from importlib import resources

import pytest
from pydantic import BaseModel

from alongside.definitions.instruments import Code, Instrument, Whose, instrument, instruments
from alongside.definitions.loader import parse
from alongside.kernel.errors import Invalid
from tests.spec.worked import totals

ALL = pytest.mark.parametrize("known", instruments(), ids=lambda known: known.key)
PHQ9 = resources.files("alongside.definitions.instruments").joinpath("phq9.toml").read_text("utf-8")


# Every instrument that both services use, as they were asked for.
WANTED = (
    "phq9 phq2 phq15 gad7 gad2 wsas spin pdss oci pcl5 ies_r hai pswq mi mi_accompanied biq cfq11 ibs_sss core10 "
    "reqol10 audit audit_c audit_pc fast sadq ldq dudit dast10 sds cudit_r assist_lite ciwa_ar cows top aor bam bam_r "
    "pc_ptsd_5 itq c_ssrs barc10 sure eq5d5l goal_based_outcomes gas sats aus dus ace tt_peq"
)


def test_every_instrument_that_was_asked_for_is_there():
    assert sorted(known.key for known in instruments()) == sorted(WANTED.split())


def test_an_unknown_instrument_is_refused_with_the_known_ones():
    with pytest.raises(Invalid, match=r"^instrument: We do not know “phq99”\. Known: ace, aor, .*, wsas\.$"):
        instrument("phq99")


@ALL
def test_the_file_has_the_name_of_its_key(known):
    assert resources.files("alongside.definitions.instruments").joinpath(f"{known.key}.toml").is_file()


@ALL
def test_no_number_is_a_float(known):
    assert not [value for value in _values(known) if isinstance(value, float)]


def _values(content: object) -> Iterator[object]:
    if isinstance(content, BaseModel):
        content = [getattr(content, name) for name in type(content).model_fields]
    if isinstance(content, (list, tuple)):
        for part in content:
            yield from _values(part)
    else:
        yield content


def test_a_figure_typed_as_two_point_three_is_exactly_that():
    assert instrument("mi").caseness.value == Decimal("2.3")


@totals.CODES.each
def test_a_mistyped_code_is_caught_by_its_check_digit(system, right, wrong):
    sourced = {"system": system, "source": "a list", "verified": True}
    assert Code(code=right, **sourced).code == right
    with pytest.raises(ValueError, match=f"the check digit of {wrong} is wrong"):
        Code(code=wrong, **sourced)


def test_figures_from_memory_are_named_as_unverified():
    assert instrument("phq9").verified
    assert instrument("phq9").unverified == ("flag self_harm_item",)
    assert not instrument("spin").verified
    assert instrument("spin").unverified[0] == "reliable_change"
    assert instrument("pcl5").unverified[:2] == ("caseness (uk)", "reliable_change")


def test_reliable_change_that_nobody_could_source_is_absent():
    assert instrument("biq").reliable_change is None
    assert instrument("cfq11").reliable_change is None


# Each row plants one fault in the PHQ-9 file; the loader must name it, and the line where it stands.
@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('checker = "none"', "", "checker: Field required"),
        ('checker = "none"', 'checker = "TBD"', "checker (line {}): say who checked it"),
        ('version = "1"', 'version = ""', "version (line {}): "),
        ("verified = true", 'verified = "perhaps"', "verified (line {}): "),
        ('higher_is = "worse"', 'higher_si = "worse"', "higher_si (line {}): Extra inputs"),
        ("maximum = 27", "maximum = 28", "range (line {range}): the items sum to 0-27"),
        ("item_count = 9", "item_count = 10", "range (line {range}): the items sum to 0-30"),
        ("minimum = 5", "minimum = 6", "bandings.0.bands.1 (line {}): band mild starts at 6, not 5"),
        ("minimum = 5", "minimum = 4", "bandings.0.bands.1 (line {}): band mild starts at 4, not 5"),
        (
            "minimum = 20, maximum = 27",
            "minimum = 20, maximum = 26",
            "bandings.0.bands.4 (line {}): the bands end at 26",
        ),
        ("value = 10\n", "value = 9.5\n", "cutoffs.0.value (line {}): scores are whole, so that none is 9.5"),
        ('key = "mild"', 'key = "minimal"', "bandings.0.bands.1.key (line {}): there is already a band minimal"),
        ("value = 6\n", "value = 0\n", "reliable_change.value (line {}): Input should be greater than 0"),
        ("value = 6\n", "value = -6\n", "reliable_change.value (line {}): Input should be greater than 0"),
        ("verified = true", 'verified = "yes"', "verified (line {}): Input should be a valid boolean"),
        ('recall = "two_weeks"', 'recall = "two weaks"', "recall (line {}): Input should be"),
        ('licence = "Apache-2.0"', 'licence = "GPL-3.0-only"', "licence (line {}): nothing under the GPL"),
        ("value = 10\n", "value = 40\n", "cutoffs.0.value (line {}): the cut-off lies outside 0 to 27"),
        ("items = [9]\n", "items = [10]\n", "flags.0.items (line {}): there is no item 10"),
        ("at_least = 1\n", "at_least = 4\n", "flags.0.at_least (line {}): item 9 has no such answer"),
        ('rule = "sum"', 'rule = "total"', "rule (line {}): "),
        ('rule = "sum"', 'rule = "parts"', "rule (line {}): “parts” gives no total"),
        ('operator = ">="', 'operator = "=>"', "cutoffs.0.operator (line {}): "),
        ("answers = [0, 1, 2, 3]", 'answers = [0, 1, 2, "x"]', "answers.3 (line {}): "),
        (
            "answers = [0, 1, 2, 3]",
            "answers = [0, 1, 2, 3]\nreverse = [10]",
            "reverse (line {+1}): there is no item 10",
        ),
        ('code = "720433000"', 'code = "720433010"', "codes.0 (line {-2}): the check digit of 720433010 is wrong"),
        ('key = "phq9"', "key = phq9", "is not TOML"),
        ('key = "phq9"', 'key = "../x"', "key (line {}): write it in small letters, numbers and _"),
        ('key = "phq9"', 'key = "PHQ9"', "key (line {}): write it in small letters, numbers and _"),
        ('key = "phq9"', 'key = "9phq"', "key (line {}): write it in small letters, numbers and _"),
        ('domain = "depression"', 'domain = "alchol"', "domain (line {}): Input should be"),
        ('key = "self_harm_item"', 'key = "selfharm_item"', "flags.0.key (line {}): Input should be 'self_harm_item'"),
        ("value = 6\n", "value = 28\n", "reliable_change.value (line {}): no change can be more than 27"),
        (
            'jurisdiction = "uk"',
            'jurisdiction = "UK"',
            "cutoffs.0.jurisdiction (line {}): Input should be 'uk' or 'us'",
        ),
        ('language = "bfi"', 'language = "BSL"', "cutoffs.1.language (line {}): “BSL” is not a code of a language"),
        ('language = "bfi"', 'language = "BFI"', "cutoffs.1.language (line {}): “BFI” is not a code of a language"),
        ('language = "bfi"', 'language = "bfi-GB"', "cutoffs.1.language (line {}): a cut-off is of a whole language"),
        ("item_count = 9", "item_count = 300000", "item_count (line {}): Input should be less than or equal to 200"),
        ("answers = [0, 1, 2, 3]", "between = [0, 300000]", "between (line {}): at most 1000 answers"),
        ("answers = [0, 1, 2, 3]", "between = [3, 0]", "between (line {}): the least stands first"),
        ("[[bandings]]", '[[bandings]]\njurisdiction = "gb"', "bandings.0.jurisdiction (line {+1}): Input should be"),
    ],
)
def test_a_faulty_file_is_refused_with_its_line(before, after, complaint):
    assert before in PHQ9
    lines = {"": _line(before), "+1": _line(before) + 1, "-2": _line(before) - 2, "range": _line("[range]")}
    for name, number in lines.items():
        complaint = complaint.replace(f"{{{name}}}", str(number))
    with pytest.raises(Invalid) as caught:
        parse(PHQ9.replace(before, after, 1), Instrument, "phq9.toml")
    assert caught.value.field == "phq9.toml"
    assert complaint in caught.value.message


def _line(words: str) -> int:
    return PHQ9[: PHQ9.index(words)].count("\n") + 1


def test_a_file_that_lost_what_it_asks_about_self_harm_is_refused():
    # Nobody would be told of an answer: the flag is what opens the conversation.
    head, tail = PHQ9.split("[[flags]]", 1)
    with pytest.raises(Invalid, match=r"flags: PHQ-9 asks about self-harm: say which items, or that a total hides it"):
        parse(head + tail[tail.index("[[item_codes]]") :], Instrument, "phq9.toml")


@pytest.mark.parametrize("header", ["[range]", "[[cutoffs]]", "[[bandings]]", "[[flags]]", "[[codes]]", "[text]"])
def test_a_figure_without_a_source_is_refused_with_its_line(header):
    head, tail = PHQ9.split(header, 1)
    kept = [line for line in tail.splitlines() if not line.startswith("source = ")]
    with pytest.raises(Invalid, match=rf"{header.strip('[]')}[.0-9]*\.source \(line {_line(header)}\): Field required"):
        parse(head + header + "\n".join(kept), Instrument, "phq9.toml")


NORMS = """
[norms]
population = "people of this test"
mean = 14
sd = 6
reliability = 0.8
source = "made for this test"
verified = false
"""


def test_norms_are_a_figure_with_a_source_of_its_own():
    known = parse(PHQ9 + NORMS, Instrument, "phq9.toml")
    assert ("norms", known.norms) in list(known.figures())
    assert "norms" in known.unverified


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("sd = 6", "sd = 0", "norms.sd (line {}): Input should be greater than 0"),
        ("reliability = 0.8", "reliability = 1", "norms.reliability (line {}): Input should be less than 1"),
        ("reliability = 0.8", "reliability = -0.1", "norms.reliability (line {}): Input should be greater than or"),
        ("mean = 14", "mean = 14\nfunctional_mean = 3", "norms (line {-2}): give both functional figures or neither"),
        ('source = "made for this test"', "", "source"),
        ('population = "people of this test"', "", "population"),
    ],
)
def test_norms_that_cannot_be_are_refused_with_their_line(before, after, complaint):
    line = (PHQ9 + NORMS)[: (PHQ9 + NORMS).rindex(before)].count("\n") + 1
    complaint = complaint.replace("{}", str(line)).replace("{-2}", str(line - 2))
    with pytest.raises(Invalid) as caught:
        parse(PHQ9 + NORMS.replace(before, after), Instrument, "phq9.toml")
    assert complaint in caught.value.message


def test_a_file_cannot_call_itself_verified_when_its_cutoff_is_not():
    head, tail = PHQ9.split("[[cutoffs]]", 1)
    planted = head + "[[cutoffs]]" + tail.replace("verified = true", "verified = false", 1)
    with pytest.raises(Invalid, match=r"verified \(line \d+\): verified, though a figure that decides outcomes is not"):
        parse(planted, Instrument, "phq9.toml")


# An instrument of our own, small enough to plant what no published one has.
SMALL = """
key = "small"
name = "Small"
version = "1"
domain = "depression"
author = "The Alongside authors"
checker = "none"
licence = "Apache-2.0"
source = "made for this test"
verified = false
respondents = ["person"]
higher_is = "worse"
rule = "sum"
item_count = 4
answers = [0, 1, 2]
reverse = [2]
item_keys = ["item1", "item2", "third", "item4"]
item_labels = ["", "", "The one after", ""]
text = { status = "free", says = "ours", source = "ours", verified = true }
range = { minimum = 0, maximum = 8, source = "ours", verified = true }

[[items]]
numbers = [3]
answers = [0, 2]
skip = { items = [1], sums = [0], source = "ours", verified = true }

[[items]]
numbers = [4]
not_applicable = 9

[[cutoffs]]
key = "screen"
value = 3
operator = ">="
sex = "female"
source = "ours"
verified = true

[[cutoffs]]
key = "screen"
value = 5
operator = ">="
ages = [18, 64]
sex = "female"
source = "ours"
verified = true

[[cutoffs]]
key = "screen"
value = 4
operator = ">"
jurisdiction = "us"
part = "second"
source = "ours"
verified = true

[[parts]]
key = "first"
words = "The first two"
rule = "sum"
items = [1, 2]
source = "ours"
verified = true

[[parts]]
key = "second"
words = "All of them"
rule = "sum"
items = [1, 2, 3, 4]
source = "ours"
verified = true
"""


def small(*changes: tuple[str, str]) -> Instrument:
    text = SMALL
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return parse(text, Instrument, "small.toml")


def test_a_file_says_only_where_an_item_differs():
    items = small().items
    assert [item.key for item in items] == ["item1", "item2", "third", "item4"]
    assert [item.label or item.printed for item in items] == ["1", "2", "The one after", "4"]
    assert [item.values for item in items] == [(0, 1, 2), (0, 1, 2), (0, 2), (0, 1, 2, 9)]
    assert [[item.points(value) for value in item.values] for item in items] == [
        [0, 1, 2],
        [2, 1, 0],
        [0, 2],
        [0, 1, 2, 0],
    ]


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("items = [1], sums", "items = [3], sums", "items.0.skip (line {}): a question can be skipped by earlier ones"),
        ("numbers = [4]", "numbers = [5]", "items.1.numbers (line {}): there is no item 5: item_count is 4"),
        ('"third"', '"item1"', "two items have the same key"),
        ('"The one after"', '""', "item_keys (line {-1}): nothing says what pages call third"),
        ('"The one after"', '"2"', "item_labels (line {}): two items are called 2"),
        ('["", "", "The', '["", "The', "item_labels (line {}): there are 3 for 4 items"),
        ("answers = [0, 2]\n", "answers = [0, 2]\nbetween = [0, 4]\n", "give answers or between, not both"),
        ("ages = [18, 64]\n", "", "cutoffs.1.key (line {-3}): there is already a cut-off screen (female)"),
        ('part = "second"', 'part = "third"', "cutoffs.2.part (line {}): there is no part third"),
        ("value = 4\n", "value = 14\n", "cutoffs.2.value (line {}): the cut-off lies outside 0 to 8"),
        ("items = [1, 2]\n", "items = [1, 7]\n", "parts.0.items (line {}): there is no item 7"),
        ('rule = "sum"\nitems = [1, 2]\n', 'rule = "any"\nitems = [1, 2]\n', "at_least belongs to the rules"),
        ('rule = "sum"\nitems = [1, 2]\n', 'rule = "all"\nitems = [1, 2]\n', "the rule “all” takes parts"),
        ('key = "second"', 'key = "first"', "there is already a part first"),
        ('status = "free"', 'status = "yes"', "say free, check, verbatim or no"),
        ('rule = "sum"\nitem_count', 'rule = "label"\nitem_count', "rule (line {}): “label” gives no total"),
        (
            "[[cutoffs]]",
            '[missing]\nat_most = 4\nsource = "ours"\nverified = true\n[[cutoffs]]',
            "missing.at_most (line {+1}): something has to be answered",
        ),
    ],
)
def test_what_contradicts_itself_is_refused(before, after, complaint):
    line = SMALL[: SMALL.index(before)].count("\n") + 1
    for name, number in {"": line, "+1": line + 1, "-1": line - 1, "-3": line - 3}.items():
        complaint = complaint.replace(f"{{{name}}}", str(number))
    with pytest.raises(Invalid) as caught:
        small((before, after))
    assert complaint in caught.value.message


YES_NO = '[yes_no]\nnumbers = [{}]\nsource = "ours"\nverified = false\n[[cutoffs]]'


@pytest.mark.parametrize(
    ("numbers", "complaint"),
    [
        ("3", "yes_no (line {}): item 3 is answered 0, 2, not 0 or 1"),
        ("7", "yes_no.numbers (line {+1}): there is no item"),
    ],
)
def test_only_nought_and_one_are_no_and_yes(numbers, complaint):
    line = SMALL[: SMALL.index("[[cutoffs]]")].count("\n") + 1
    with pytest.raises(Invalid) as caught:
        small(("[[cutoffs]]", YES_NO.format(numbers)))
    assert complaint.replace("{}", str(line)).replace("{+1}", str(line + 1)) in caught.value.message


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("c_ssrs", range(1, 8)),
        ("dast10", range(1, 11)),  # the third too, which scores the other way round
        ("assist_lite", range(1, 20)),
        ("top", [41, 42, 45, 46, 47, 48, 53, 54, 55]),
        ("tt_peq", range(1, 5)),
        ("ace", []),  # answered 0 or 1, and nothing that was seen says which is yes
    ],
)
def test_which_questions_are_answered_yes_or_no_is_said_with_its_source(key, said):
    known = instrument(key)
    assert [item.number for item in known.items if item.yes_no] == list(said)
    assert bool(said) == ("yes_no" in dict(known.figures()))


@pytest.mark.parametrize(
    ("whose", "value"),
    [
        (Whose(), None),  # nothing is known of the person, and every cut-off is somebody's
        (Whose(sex="male"), None),
        (Whose(sex="female"), 3),
        (Whose(sex="female", age=17), 3),
        (Whose(sex="female", age=18), 5),  # the one that says most about the person
        (Whose(sex="female", age=64), 5),
        (Whose(sex="female", age=65), 3),
    ],
)
def test_the_cutoff_that_fits_the_person_best_is_theirs(whose, value):
    found = small().cutoff("screen", whose)
    assert (found and int(found.value)) == value


def test_a_cutoff_of_a_part_in_another_country():
    assert small().cutoff("screen", Whose(jurisdiction="us"), part="second").value == 4
    assert small().cutoff("screen", Whose(), part="second") is None


@pytest.mark.parametrize(("operator", "reached"), [(">=", [3, 4]), (">", [4]), ("<=", [2, 3]), ("<", [2])])
def test_the_four_ways_to_reach_a_cutoff(operator, reached):
    cutoff = small(('operator = ">="', f'operator = "{operator}"')).cutoffs[0]
    assert [value for value in (2, 3, 4) if cutoff.reached(Decimal(value))] == reached


@pytest.mark.parametrize(
    ("key", "whose", "shown"),
    [
        ("gad7", Whose(), (">=", 8)),
        ("gad7", Whose(jurisdiction="us"), (">=", 10)),
        ("gad7", Whose(language="bfi"), (">=", 6)),
        ("gad7", Whose(language="cy"), (">=", 8)),  # nobody published one of its own
        ("phq9", Whose(language="bfi"), (">=", 8)),
        ("phq9", Whose(jurisdiction="us"), (">", 9)),
        ("audit_c", Whose(), (">=", 5)),
        ("audit_c", Whose(sex="female"), (">=", 5)),
        ("audit_c", Whose(sex="female", jurisdiction="us"), (">=", 3)),
        ("audit_c", Whose(jurisdiction="us"), None),
        ("dudit", Whose(sex="male"), (">=", 6)),
        ("spin", Whose(), (">=", 19)),
        ("spin", Whose(jurisdiction="us"), None),  # of the NHS Talking Therapies manual
        ("wsas", Whose(), None),
        ("audit", Whose(jurisdiction="us"), (">=", 8)),  # of its authors, and so of no jurisdiction
    ],
)
def test_a_page_shows_the_cutoff_of_where_the_service_is(key, whose, shown):
    found = instrument(key).shown(whose)
    assert (found and (found.operator, found.value)) == shown


def test_what_makes_a_case_belongs_to_talking_therapies_wherever_a_service_is():
    for one in instruments():
        assert {cutoff.jurisdiction for cutoff in one.cutoffs if cutoff.key == "caseness"} <= {"uk"}
    assert instrument("gad7").caseness.value == 8
