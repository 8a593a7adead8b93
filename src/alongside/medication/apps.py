from django.apps import AppConfig


class MedicationConfig(AppConfig):
    name = "alongside.medication"
    label = "alongside_medication"
