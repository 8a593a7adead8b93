"""Text packs of the tests: words of our own for questionnaires whose words are not ours to print.

They stand for the pack that a licensed organisation puts in its own directory. They are nobody's questionnaire.
"""

from pathlib import Path

PACKS = Path(__file__).parent
