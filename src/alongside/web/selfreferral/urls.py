"""The public door: asking for help without signing in."""

from django.urls import path

from alongside.web.selfreferral import views

urlpatterns = [
    path("start/", views.start, name="start"),
    path("start/leave/", views.leave, name="start-leave"),
    path("start/sent/", views.sent, name="start-sent"),
    path("start/check/", views.check, name="start-check"),
    path("start/<slug:step>/", views.step, name="start-step"),
]
