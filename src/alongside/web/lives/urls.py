"""What happened in somebody's life and what changed in their medicines: the list, adding, putting right."""

from django.urls import path

from alongside.web.lives import correcting, recording, views

urlpatterns = [
    path("people/<str:registration>/events/", views.of_person, name="person-events"),
    path("people/<str:registration>/events/record/", recording.event, name="event-record"),
    path("people/<str:registration>/medicines/record/", recording.medicine, name="medicine-record"),
    path("events/<str:event>/correct/", correcting.event, name="event-correct"),
    path("events/<str:event>/wrong-person/", correcting.event_of_somebody_else, name="event-wrong-person"),
    path("medicines/<str:change>/correct/", correcting.medicine, name="medicine-correct"),
    path("medicines/<str:change>/wrong-person/", correcting.medicine_of_somebody_else, name="medicine-wrong-person"),
]
