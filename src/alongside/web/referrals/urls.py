"""Sending, receiving and deciding referrals."""

from django.urls import path

from alongside.web.referrals import deciding, sending, views

urlpatterns = [
    path("referrals/", views.triage, name="referrals"),
    path("referrals/sent/", views.sent, name="referrals-sent"),
    path("referrals/<str:referral>/", views.received, name="referral"),
    path("referrals/<str:referral>/accept/", deciding.accept, name="referral-accept"),
    path("referrals/<str:referral>/decline/", deciding.decline, name="referral-decline"),
    path("people/<str:registration>/referrals/", views.of_person, name="person-referrals"),
    path("people/<str:registration>/refer/", sending.refer, name="referral-new"),
    path("people/<str:registration>/referrals/<str:referral>/told/", deciding.told, name="referral-told"),
    path("people/<str:registration>/referrals/<str:referral>/take-back/", sending.take_back, name="referral-take-back"),
]
