from django.apps import AppConfig
from django.utils.translation import gettext, ngettext

from alongside.kernel import language


class WebConfig(AppConfig):
    name = "alongside.web"
    label = "alongside_web"

    def ready(self) -> None:
        language.speak(gettext, ngettext)  # what rooms below the pages say, they say in the reader's language too
