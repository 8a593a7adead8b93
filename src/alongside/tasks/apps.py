from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "alongside.tasks"
    label = "alongside_tasks"
