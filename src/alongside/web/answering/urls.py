"""Answering from a link. An address holds the link and a number: nothing that says what is asked."""

from django.urls import path

from alongside.web.answering import views

urlpatterns = [
    path("answer/leave/", views.leave, name="answer-leave"),
    path("answer/sent/", views.sent, name="answer-sent"),
    path("answer/<str:token>/", views.start, name="answer"),
    path("answer/<str:token>/check/", views.check, name="answer-check"),
    path("answer/<str:token>/help/", views.help_page, name="answer-help"),
    path("answer/<str:token>/<int:place>/", views.question, name="answer-question"),
]
