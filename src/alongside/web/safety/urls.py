"""Answers about self-harm, and the conversations that close them."""

from django.urls import path

from alongside.web.safety import views

urlpatterns = [path("risk/<str:prompt>/", views.prompt, name="risk-prompt")]
