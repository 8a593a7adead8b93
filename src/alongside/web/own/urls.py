"""The person's own pages. No address names anybody: a sign-in opens one record, and the reader is whom it is about."""

from django.urls import path

from alongside.web.own import choosing, inviting, views, welcome

urlpatterns = [
    path("own/", views.own, name="own"),
    path("own/who-looked/", views.looked, name="own-looked"),
    path("own/sharing/", choosing.sharing, name="own-sharing"),
    path("own/sharing/choose/", choosing.choose, name="own-choose"),
    path("own/sharing/<str:consent>/stop/", choosing.stop, name="own-stop"),
    path("own/end/", views.end, name="own-end"),
    path("welcome/<str:token>/", welcome.start, name="welcome"),
    path("welcome/<str:token>/password/", welcome.password, name="welcome-password"),
    path("people/<str:registration>/sharing/sign-in/", inviting.sign_in, name="sharing-sign-in"),
]
