"""The first page, and what the other team did since yesterday."""

from django.urls import path

from alongside.web.home import views

urlpatterns = [
    path("", views.front, name="home"),
    path("owed/", views.owed, name="owed"),
    path("since-yesterday/", views.since_yesterday, name="since-yesterday"),
]
