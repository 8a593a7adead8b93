from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "alongside.people"
    label = "alongside_people"
