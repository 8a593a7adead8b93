from django.apps import AppConfig


class ReferralConfig(AppConfig):
    name = "alongside.referral"
    label = "alongside_referral"
