"""What the person agreed to share, from the discloser's side."""

from django.urls import path

from alongside.web.consents import apart, by_name, changing, closing, glance, looked, others, reasons, views

urlpatterns = [
    path("people/<str:registration>/sharing/", views.sharing, name="person-sharing"),
    path("people/<str:registration>/sharing/agree/", views.agree, name="sharing-agree"),
    path("people/<str:registration>/sharing/why/", reasons.why, name="sharing-why"),
    path("people/<str:registration>/sharing/apart/<str:link>/", apart.apart, name="sharing-apart"),
    path("people/<str:registration>/sharing/looked/", looked.looked, name="sharing-looked"),
    path("people/<str:registration>/sharing/looked.csv", looked.export, name="sharing-looked-csv"),
    path("people/<str:registration>/sharing/close/", closing.close, name="sharing-close"),
    path("people/<str:registration>/sharing/glance/", glance.glance, name="sharing-glance"),
    path("people/<str:registration>/sharing/grid/", changing.change, name="sharing-grid"),
    path("people/<str:registration>/sharing/named/", by_name.named, name="sharing-named"),
    path("people/<str:registration>/sharing/purposes/", others.others, name="sharing-purposes"),
    path("people/<str:registration>/sharing/purposes/<str:purpose>/", others.other, name="sharing-purpose"),
    path("people/<str:registration>/sharing/<str:consent>/but-not/", by_name.but_not, name="sharing-but-not"),
    path("people/<str:registration>/sharing/<str:consent>/end/", others.stop, name="sharing-purpose-stop"),
    path("people/<str:registration>/sharing/<str:consent>/stop/", views.withdraw, name="sharing-withdraw"),
]
