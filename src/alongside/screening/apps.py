from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "alongside.screening"
    label = "alongside_screening"
