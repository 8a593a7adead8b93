from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "alongside.consultation"
    label = "alongside_consultation"
