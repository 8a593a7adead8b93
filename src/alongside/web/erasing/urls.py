"""How long records are kept, legal holds, and erasing."""

from django.urls import path

from alongside.web.erasing import views

urlpatterns = [
    path("erasures/", views.everybody, name="erasures"),
    path("people/<str:registration>/erasure/", views.one, name="person-erasure"),
    path("people/<str:registration>/erasure/propose/", views.propose, name="erasure-propose"),
    path("people/<str:registration>/erasure/decide/", views.decide, name="erasure-decide"),
    path("people/<str:registration>/erasure/keep/", views.keep, name="erasure-keep"),
    path("people/<str:registration>/erasure/hold/", views.hold, name="erasure-hold"),
    path("people/<str:registration>/erasure/hold/<str:held>/lift/", views.lift, name="erasure-lift"),
]
