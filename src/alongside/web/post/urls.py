"""One message, and the mailbox of a demonstration."""

from django.urls import path

from alongside.web.post import views

urlpatterns = [
    path("messages/<str:message>/", views.message, name="message"),
    path("mailbox/", views.mailbox, name="mailbox"),
]
