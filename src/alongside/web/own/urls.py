"""The person's own pages. No address names anybody: a sign-in opens one record, and the reader is whom it is about."""

from django.urls import path

from alongside.web.own import (
    asking,
    behalf,
    changing,
    choosing,
    closing,
    glance,
    inviting,
    less,
    proxies,
    views,
    welcome,
)

urlpatterns = [
    path("own/", views.own, name="own"),
    path("own/who-looked/", views.looked, name="own-looked"),
    path("own/sharing/", choosing.sharing, name="own-sharing"),
    path("own/sharing/glance/", glance.glance, name="own-glance"),
    path("own/sharing/grid/", changing.change, name="own-grid"),
    path("own/sharing/close/", closing.close, name="own-close"),
    path("own/sharing/choose/", choosing.choose, name="own-choose"),
    path("own/sharing/<str:consent>/stop/", choosing.stop, name="own-stop"),
    path("own/proxies/", proxies.own, name="own-proxies"),
    path("own/proxies/<str:proxy>/end/", proxies.own_end, name="own-proxy-end"),
    path("own/behalf/", behalf.behalf, name="own-behalf"),
    path("own/asked/<str:more>/", asking.answer, name="own-asked"),
    path("own/less/", less.less, name="own-less"),
    path("own/end/", views.end, name="own-end"),
    path("welcome/<str:token>/", welcome.start, name="welcome"),
    path("welcome/<str:token>/password/", welcome.password, name="welcome-password"),
    path("people/<str:registration>/sharing/proxies/", proxies.theirs, name="proxies"),
    path("people/<str:registration>/sharing/proxies/invite/", proxies.invite, name="proxy-invite"),
    path("people/<str:registration>/sharing/proxies/<str:proxy>/end/", proxies.end, name="proxy-end"),
    path("people/<str:registration>/sharing/more/", asking.ask, name="ask-more"),
    path("people/<str:registration>/sharing/sign-in/", inviting.sign_in, name="sharing-sign-in"),
]
