"""The one shared plan: goals, actions, who agreed."""

from django.urls import path

from alongside.web.plans import actions, goals, views

urlpatterns = [
    path("people/<str:registration>/plan/", views.plan, name="plan"),
    path("people/<str:registration>/plan/goal/", goals.add, name="goal-new"),
    path("people/<str:registration>/plan/goal/<str:goal>/end/", goals.end, name="goal-end"),
    path("people/<str:registration>/plan/agree/", goals.agree, name="plan-agree"),
    path("people/<str:registration>/plan/action/", actions.add, name="action-new"),
    path("people/<str:registration>/plan/action/<str:action>/finish/", actions.finish, name="action-finish"),
    path("people/<str:registration>/plan/action/<str:action>/pass-on/", actions.pass_on, name="action-pass-on"),
]
