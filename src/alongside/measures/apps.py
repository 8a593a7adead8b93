from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

from alongside.definitions import texts, value_sets


class MeasuresConfig(AppConfig):
    name = "alongside.measures"
    label = "alongside_measures"

    def ready(self) -> None:
        if settings.TEXT_PACKS:
            texts.use_packs_from(Path(settings.TEXT_PACKS))
        if settings.VALUE_SETS:
            value_sets.use_sets_from(Path(settings.VALUE_SETS))
