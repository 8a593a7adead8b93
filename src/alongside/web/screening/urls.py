"""Screening: one person's, what follows on each, and how many came how far."""

from django.urls import path

from alongside.web.screening import correcting, following, recording, views

urlpatterns = [
    path("people/<str:registration>/screening/", views.of_person, name="person-screening"),
    path("people/<str:registration>/screening/record/", recording.record, name="screening-record"),
    path(
        "people/<str:registration>/screening/<str:topic>/<str:response>/",
        recording.suggested,
        name="screening-suggested",
    ),
    path("screening/", views.cascade, name="screening-cascade"),
    path("screening/<str:screening>/", following.take_on, name="screening-next"),
    path("screening/<str:screening>/correct/", correcting.correct, name="screening-correct"),
    path("screening/<str:screening>/wrong-person/", correcting.wrong_person, name="screening-wrong-person"),
]
