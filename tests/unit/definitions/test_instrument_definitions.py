"""Every instrument file says where it comes from, holds no float, and is refused when it contradicts itself."""

from collections.abc import Iterator
from decimal import Decimal
from importlib import resources

import pytest
from pydantic import BaseModel

from alongside.definitions.instruments import Instrument, instrument, instruments
from alongside.definitions.loader import parse
from alongside.kernel.errors import Invalid

ALL = pytest.mark.parametrize("known", instruments(), ids=lambda known: known.key)
PHQ9 = resources.files("alongside.definitions.instruments").joinpath("phq9.toml").read_text("utf-8")
# Licences that keep the words out of an open-source repository.
NOT_FREE = {"spin", "pdss", "oci", "hai", "biq", "cfq11", "ibs_sss", "mi", "wsas"}


def test_the_instruments_of_the_first_path_are_all_there():
    expected = {"audit_c", "biq", "cfq11", "gad7", "hai", "ibs_sss", "mi", "oci", "pcl5", "pdss"}
    assert {known.key for known in instruments()} == expected | {"phq15", "phq9", "spin", "wsas"}


def test_an_unknown_instrument_is_refused_with_the_known_ones():
    with pytest.raises(Invalid, match=r"^instrument: We do not know “phq99”\. Known: audit_c, biq, .*, wsas\.$"):
        instrument("phq99")


@ALL
def test_the_file_has_the_name_of_its_key(known):
    assert resources.files("alongside.definitions.instruments").joinpath(f"{known.key}.toml").is_file()


@ALL
def test_words_that_a_licence_keeps_out_are_out(known):
    assert known.item_text is None or known.key not in NOT_FREE


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


@ALL
def test_every_snomed_code_passes_its_check_digit(known):
    assert all(_verhoeff(code.code) for code in known.codes if code.system == "snomed")


def test_a_mistyped_snomed_code_would_be_caught():
    assert _verhoeff("720433000")
    assert not _verhoeff("720433010")
    assert not _verhoeff("1129201000000100")  # listed in national code by mistake; ends 101


def _verhoeff(number: str) -> bool:
    check = 0
    for place, digit in enumerate(reversed(number)):
        check = _times(check, _permute(place, int(digit)))
    return check == 0


def _times(a: int, b: int) -> int:
    """Multiplication in the dihedral group of ten elements."""
    if a < 5:
        return (a + b) % 5 if b < 5 else 5 + (a + b) % 5
    return 5 + (a - b) % 5 if b < 5 else (a - b) % 5


def _permute(place: int, digit: int) -> int:
    for _ in range(place % 8):
        digit = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)[digit]
    return digit


def test_figures_from_memory_are_named_as_unverified():
    assert instrument("phq9").verified
    assert instrument("phq9").unverified == ("flag self_harm_item",)
    assert not instrument("spin").verified
    assert instrument("spin").unverified == ("reliable_change",)
    assert instrument("pcl5").unverified == ("caseness", "reliable_change")


def test_reliable_change_that_nobody_could_source_is_absent():
    assert instrument("biq").reliable_change is None
    assert instrument("cfq11").reliable_change is None


# Each row plants one fault in the PHQ-9 file; the loader must name it.
@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('checker = "none"', "", "checker: Field required"),
        ('checker = "none"', 'checker = "TBD"', "say who checked it"),
        ('version = "1"', 'version = ""', "version: "),
        ("verified = true", 'verified = "perhaps"', "verified: "),
        ("higher_is_worse = true", "higher_is_wrose = true", "higher_is_wrose: Extra inputs"),
        ("maximum = 27", "maximum = 28", "the items sum to 0-27"),
        ("item_count = 9", "item_count = 8", "item_count is 8 but there are 9 items"),
        ("minimum = 5", "minimum = 6", "band mild starts at 6, not 5"),
        ("minimum = 20\nmaximum = 27", "minimum = 20\nmaximum = 26", "the bands stop short"),
        ("value = 10\n", "value = 40\n", "a cut-off lies outside the range"),
        ("item = 9\n", "item = 10\n", "a flag names an item that is not there"),
        ('rule = "sum"', 'rule = "mean"', "only sums are scored from items"),
        ('operator = ">="', 'operator = "=>"', "caseness.operator: "),
        ("value = 3\n", 'value = "x"\n', "answer.3.value: "),
        ('key = "phq9"', "key = phq9", "is not TOML"),
    ],
)
def test_a_faulty_file_is_refused_by_name(before, after, complaint):
    assert before in PHQ9
    with pytest.raises(Invalid) as caught:
        parse(PHQ9.replace(before, after, 1), Instrument, "phq9.toml")
    assert caught.value.field == "phq9.toml"
    assert complaint in caught.value.message


def test_a_file_cannot_call_itself_verified_when_its_cutoff_is_not():
    unverified = PHQ9.replace('operator = ">="\n', 'operator = ">="\n#', 1).replace("#source", "source", 1)
    head, tail = unverified.split("[caseness]", 1)
    planted = head + "[caseness]" + tail.replace("verified = true", "verified = false", 1)
    with pytest.raises(Invalid, match="verified, though a figure that decides outcomes is not"):
        parse(planted, Instrument, "phq9.toml")


def test_a_reversed_item_scores_its_mirror_image():
    item = instrument("phq9").items[0].model_copy(update={"reverse": True})
    assert [item.points(value) for value in (0, 1, 2, 3)] == [3, 2, 1, 0]
