"""Instruments as FHIR R4 Questionnaires (with SDC scores), and their QuestionnaireResponses read back. Pure."""

from alongside.measures.questionnaires.making import questionnaire
from alongside.measures.questionnaires.reading import answers_of, instrument_of, substance_of, total_of

__all__ = ["answers_of", "instrument_of", "questionnaire", "substance_of", "total_of"]
