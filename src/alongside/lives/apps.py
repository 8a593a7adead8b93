from django.apps import AppConfig


class LivesConfig(AppConfig):
    name = "alongside.lives"
    label = "alongside_lives"
