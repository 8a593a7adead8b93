"""Contacts: planned, recorded, read, followed up and put right."""

from django.urls import path

from alongside.web.contacts import correcting, planning, reading, recording

urlpatterns = [
    path("people/<str:registration>/contacts/", reading.of_person, name="person-contacts"),
    path("people/<str:registration>/contacts/record/", recording.record, name="contact-record"),
    path("people/<str:registration>/contacts/plan/", planning.plan, name="contact-plan"),
    path("contacts/<str:contact>/", reading.contact, name="contact"),
    path("contacts/<str:contact>/record/", recording.record_planned, name="contact-record-planned"),
    path("contacts/<str:contact>/move/", planning.move, name="contact-move"),
    path("contacts/<str:contact>/cancel/", planning.cancel, name="contact-cancel"),
    path("contacts/<str:contact>/follow-up/", planning.follow_up, name="contact-follow-up"),
    path("contacts/<str:contact>/correct/", correcting.correct, name="contact-correct"),
    path("contacts/<str:contact>/wrong-person/", correcting.wrong_person, name="contact-wrong-person"),
    path("contacts/<str:contact>/notes/<str:note>/correct/", correcting.correct_note, name="note-correct"),
]
