"""Every address that a person opens. Each room's pages have a module of their own and one line here."""

from django.urls import include, path
from django.views.generic import RedirectView

from alongside.web import gallery, information

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="your-account"), name="home"),
    path("account/", include("alongside.web.accounts.urls")),
    path("accessibility/", information.accessibility, name="accessibility"),
    path("", include("alongside.web.evaluation.urls")),
    path("", include("alongside.web.referrals.urls")),
    path("design/", gallery.gallery, name="design"),
]
