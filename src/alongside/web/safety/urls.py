"""Answers about self-harm; what is told without consent; entries withheld from the person."""

from django.urls import path

from alongside.web.safety import disclosing, views, withholding

urlpatterns = [
    path("risk/<str:prompt>/", views.prompt, name="risk-prompt"),
    path("people/<str:registration>/disclose/", disclosing.new, name="disclosure-new"),
    path("disclosures/<str:disclosure>/", disclosing.one, name="disclosure"),
    path("disclosures/<str:disclosure>/withhold/", withholding.disclosure, name="disclosure-withhold"),
    path("received/<str:received>/", disclosing.received, name="disclosure-received"),
    path("received/<str:received>/withhold/", withholding.received, name="received-withhold"),
    path("contacts/<str:contact>/notes/<str:note>/withhold/", withholding.note, name="note-withhold"),
    path("notes/<str:note>/", withholding.note_of, name="note-of"),
    path("withheld/<str:withholding>/", withholding.review, name="withheld"),
]
