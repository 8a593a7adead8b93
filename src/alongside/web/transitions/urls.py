"""Ways on: handing over the lead, and discharge."""

from django.urls import path

from alongside.web.transitions import views

urlpatterns = [
    path("people/<str:registration>/discharge/", views.discharge, name="discharge"),
    path("people/<str:registration>/hand-over/", views.hand_over, name="handover-new"),
    path("handovers/<str:handover>/", views.answer, name="handover"),
]
