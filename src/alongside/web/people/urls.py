"""Finding somebody, and the pages about them."""

from django.urls import path

from alongside.web.people import holding, identity, problem, same, views

urlpatterns = [
    path("people/", views.find, name="find-person"),
    path("people/<str:registration>/", views.person, name="person"),
    path("people/<str:registration>/details/", identity.correct, name="correct-identity"),
    path("people/<str:registration>/treated-for/", problem.record, name="treated-for"),
    path("people/<str:registration>/same/", same.same, name="same-person"),
    path("people/<str:registration>/reviewed/<str:about>/", holding.reviewed, name="reviewed"),
    path("people/<str:registration>/allocate/<str:episode>/", holding.allocate, name="allocate"),
]
