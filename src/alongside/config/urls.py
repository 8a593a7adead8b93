"""The address of everything, and the pages for what cannot be answered."""

from django.urls import include, path

from alongside.web.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("alongside.web.urls")),
]

handler400 = "alongside.web.refusals.bad_request"
handler403 = "alongside.web.refusals.forbidden"
handler404 = "alongside.web.refusals.not_there"
handler500 = "alongside.web.refusals.broken"
