"""Every address that a person opens. Each room's pages have a module of their own and one line here."""

from django.urls import include, path

from alongside.web import gallery, information

urlpatterns = [
    path("", include("alongside.web.home.urls")),
    path("", include("alongside.web.people.urls")),
    path("caseload/", include("alongside.web.caseload.urls")),
    path("", include("alongside.web.contacts.urls")),
    path("", include("alongside.web.measures.urls")),
    path("", include("alongside.web.lives.urls")),
    path("", include("alongside.web.safety.urls")),
    path("", include("alongside.web.screening.urls")),
    path("", include("alongside.web.post.urls")),
    path("account/", include("alongside.web.accounts.urls")),
    path("accessibility/", information.accessibility, name="accessibility"),
    path("", include("alongside.web.evaluation.urls")),
    path("", include("alongside.web.referrals.urls")),
    path("", include("alongside.web.consultations.urls")),
    path("", include("alongside.web.plans.urls")),
    path("", include("alongside.web.consents.urls")),
    path("", include("alongside.web.own.urls")),
    path("", include("alongside.web.emergencies.urls")),
    path("", include("alongside.web.kept.urls")),
    path("", include("alongside.web.erasing.urls")),
    path("", include("alongside.web.qualified.urls")),
    path("", include("alongside.web.transitions.urls")),
    path("", include("alongside.web.selfreferral.urls")),
    path("", include("alongside.web.answering.urls")),
    path("design/", gallery.gallery, name="design"),
]
