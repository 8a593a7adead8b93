"""What our Questionnaires are called, and the systems that their codes belong to."""

from typing import Any

from alongside.definitions.instruments import Instrument

Json = dict[str, Any]

BASE = "urn:alongside:questionnaire:"
SUBSTANCES = "urn:alongside:substances"
SYSTEMS = {"snomed": "http://snomed.info/sct", "loinc": "http://loinc.org"}
CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"
CORE = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"

TOTAL, SUBSTANCE = "total", "substance"  # link ids of what is asked beside the questions


def url_of(instrument: Instrument) -> str:
    """The canonical address of the instrument's Questionnaire, without its version."""
    return f"{BASE}{instrument.key}"


def answer_system(instrument: Instrument) -> str:
    """The code system of the instrument's answers: their numbers."""
    return f"{url_of(instrument)}:answers"


def answer_coding(instrument: Instrument, value: int) -> Json:
    return {"system": answer_system(instrument), "code": str(value)}
