"""Keeping a registration to a few by name."""

from django.urls import path

from alongside.web.kept import views

urlpatterns = [
    path("kept/", views.everybody, name="kept"),
    path("people/<str:registration>/kept/", views.kept, name="person-kept"),
    path("people/<str:registration>/kept/lift/", views.lift, name="person-kept-lift"),
]
