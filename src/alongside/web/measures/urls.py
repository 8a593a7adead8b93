"""Measures: read as series, recorded outside a contact, put right."""

from django.urls import path

from alongside.web.measures import asking, calendar, choosing, correcting, entering, history, kept, views

urlpatterns = [
    path("people/<str:registration>/measures/", views.of_person, name="person-measures"),
    path("people/<str:registration>/measures/record/", views.record, name="measures-record"),
    path("people/<str:registration>/measures/choose/", choosing.choose, name="measures-choose"),
    path("people/<str:registration>/measures/calendar/<str:substance>/", calendar.fill, name="use-calendar"),
    path("people/<str:registration>/measures/calendar/<str:substance>/kept/", kept.kept, name="calendar-kept"),
    path("people/<str:registration>/measures/enter/<str:instrument>/", entering.enter, name="measures-enter"),
    path("people/<str:registration>/measures/ask/", asking.ask, name="measures-ask"),
    path("measures/due/", asking.due, name="measures-due"),
    path("measures/asked/<str:ask>/take-back/", asking.take_back, name="measures-take-back"),
    path("measures/responses/<str:response>/", history.of_response, name="response-history"),
    path("measures/responses/<str:response>/correct/", correcting.response, name="response-correct"),
    path("measures/use/<str:record>/correct/", correcting.use, name="use-correct"),
    path("measures/<str:record>/wrong-person/", correcting.wrong_person, name="measure-wrong-person"),
]
