"""Asking the other team, and answering it."""

from django.urls import path

from alongside.web.consultations import answering, asking, views

urlpatterns = [
    path("consultations/", views.inbox, name="consultations"),
    path("consultations/<str:consultation>/", views.thread, name="consultation"),
    path("consultations/<str:consultation>/accept/", answering.accept, name="consultation-accept"),
    path("consultations/<str:consultation>/ask-back/", answering.ask_back, name="consultation-ask-back"),
    path("consultations/<str:consultation>/answer/", answering.answer, name="consultation-answer"),
    path("consultations/<str:consultation>/hand-back/", answering.hand_back, name="consultation-hand-back"),
    path("consultations/<str:consultation>/clarify/", asking.clarify, name="consultation-clarify"),
    path("consultations/<str:consultation>/reply/", asking.reply, name="consultation-reply"),
    path("consultations/<str:consultation>/close/", asking.close, name="consultation-close"),
    path("consultations/<str:consultation>/withdraw/", asking.withdraw, name="consultation-withdraw"),
    path("people/<str:registration>/ask/", asking.ask, name="consultation-ask"),
    path("people/<str:registration>/consultations/", views.of_person, name="person-consultations"),
]
