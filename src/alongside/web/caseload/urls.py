"""The caseload, as a page and as a file."""

from django.urls import path

from alongside.web.caseload import views

urlpatterns = [
    path("", views.caseload, name="caseload"),
    path("caseload.csv", views.export, name="caseload-csv"),
]
