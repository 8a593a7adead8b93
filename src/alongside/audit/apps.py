from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "alongside.audit"
    label = "alongside_audit"
