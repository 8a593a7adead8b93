from django.apps import AppConfig


class TransitionsConfig(AppConfig):
    name = "alongside.transitions"
    label = "alongside_transitions"
