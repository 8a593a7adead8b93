"""The national code lists: which instrument goes with which problem, what treats, what ends."""

import pytest
from pydantic import ValidationError

from alongside.definitions import substance_use, talking_therapies
from alongside.definitions.instruments import instrument
from alongside.definitions.routine import Taken, routine_of


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        ("F400", "mi"),
        ("F401", "spin"),
        ("F410", "pdss"),
        ("F42", "oci"),
        ("F420", "oci"),  # any F42x
        ("F429", "oci"),
        ("F431", "pcl5"),
        ("F452", "hai"),
        ("83482000", "biq"),
        ("G933", "cfq11"),  # the published labels of G933 and K58 are swapped; these are not
        ("K58", "ibs_sss"),
        ("K589", "ibs_sss"),
        ("723916001", "phq15"),
        ("F40.1", "spin"),  # as ICD-10 prints it
        (" f431 ", "pcl5"),
        ("F402", None),  # specific phobia
        ("F411", None),
        ("F412", None),
        ("F320", None),
        ("F4", None),  # not F42, only its beginning
        ("834820001", None),  # a longer number is another concept
        ("F4011", None),
        ("", None),
        (None, None),
    ],
)
def test_each_problem_has_its_measure(recorded, expected):
    assert talking_therapies.instrument_for(recorded) == expected


def test_every_measure_in_the_map_is_an_instrument_with_a_cutoff():
    named = {known.instrument for known in talking_therapies.descriptors() if known.instrument}
    assert len(named) == 10
    assert all(instrument(key).caseness for key in named)


def test_only_three_kinds_of_contact_treat():
    treats = {kind.code for kind in talking_therapies.appointment_kinds() if kind.treats}
    assert treats == {"02", "03", "05"}
    assert {kind.code for kind in talking_therapies.appointment_kinds() if kind.assesses} == {"01", "03"}


def test_only_two_attendance_codes_mean_that_the_person_was_seen():
    assert {code.code for code in talking_therapies.attendances() if code.met} == {"5", "6"}
    assert {code.code for code in talking_therapies.attendances()} == set("234567")


def test_end_codes_say_how_far_the_person_had_got():
    after = {end.code: end.after for end in talking_therapies.end_reasons()}
    assert len(after) == 14
    assert {code for code, how_far in after.items() if how_far == "treatment"} == {"46", "47", "48", "49", "96"}
    assert after["50"] == "nothing"


@pytest.mark.parametrize("codes", ["kinds", "attendances", "ends", "descriptors"])
def test_no_code_appears_twice(codes):
    listed = [entry.code for entry in getattr(talking_therapies.codes(), codes)]
    assert len(listed) == len(set(listed))


def test_the_waiting_times_include_their_last_day():
    waits = talking_therapies.codes().waits
    assert (waits.six_weeks, waits.eighteen_weeks) == (42, 126)


def test_substance_use_reasons_are_shown_as_unverified():
    assert not substance_use.codes().verified
    assert {reason.ended for reason in substance_use.discharge_reasons()} == {"planned", "moved", "early"}


def test_nobody_is_said_to_have_failed():
    words = [end.words for end in talking_therapies.end_reasons()]
    words += [reason.words for reason in substance_use.discharge_reasons()]
    words += [code.words for code in talking_therapies.attendances()]
    assert not [text for text in words if "fail" in text.lower() or "!" in text]


def test_each_kind_of_service_has_its_routine():
    assert routine_of("talking_therapies").instruments == ("phq9", "gad7")
    assert routine_of("substance_use").review_weeks == 12
    assert routine_of("housing") is None


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"instruments": ["phq99"]}, "no instrument is called phq99"),
        ({"rhythm": "start_and_review"}, "review_weeks belongs to start_and_review"),
        ({"review_weeks": 3}, "review_weeks belongs to start_and_review"),
        ({"instruments": []}, "at least 1 item"),
    ],
)
def test_a_faulty_routine_is_refused(changed, complaint):
    sound = routine_of("talking_therapies").model_dump()
    with pytest.raises(ValidationError, match=complaint):
        Taken.model_validate(sound | changed)
