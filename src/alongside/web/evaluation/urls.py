from django.urls import path

from alongside.web.evaluation import views

urlpatterns = [
    path("evaluation/", views.evaluation, name="evaluation"),
    path("evaluation/release/", views.release, name="evaluation-release"),
]
