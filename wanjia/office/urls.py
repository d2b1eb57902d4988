"""Addresses of the running office."""

from django.urls import path

from .health import views
from .starting.views import first_slips

app_name = "office"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("metrics", views.metrics, name="metrics"),
    path("office/watch", views.watching, name="watching"),
    path("office/slips", first_slips, name="first_slips"),
]
