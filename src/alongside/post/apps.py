from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "alongside.post"
    label = "alongside_post"
