from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "alongside.plan"
    label = "alongside_plan"
