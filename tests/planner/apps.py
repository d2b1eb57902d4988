from django.apps import AppConfig


class PlannerConfig(AppConfig):
    name = "tests.planner"
    label = "planner"
