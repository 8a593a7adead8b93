"""Agreements with qualified service organisations."""

from django.urls import path

from alongside.web.qualified import views

urlpatterns = [
    path("working-for-us/", views.everybody, name="qualified"),
    path("working-for-us/<str:agreement>/end/", views.end, name="qualified-end"),
]
