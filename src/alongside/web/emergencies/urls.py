"""Looking in an emergency, and the reviews of it."""

from django.urls import path

from alongside.web.emergencies import views, withholding

urlpatterns = [
    path("emergency/", views.declare, name="emergency"),
    path("emergency/open/", views.opened, name="emergency-open"),
    path("emergency/open/<str:look>/end/", views.end, name="emergency-end"),
    path("emergency/looks/", views.looks, name="emergency-looks"),
    path("emergency/looks/<str:look>/withhold/", withholding.look, name="look-withhold"),
    path("emergency/looks/<str:look>/end/", views.shut, name="look-end"),
    path("emergency/looks/<str:look>/", views.look, name="emergency-look"),
]
