"""Addresses of the running office."""

from django.urls import path

from wanjia.doors.pages import urls_of_app

from .health import views
from .retention.views import disposal, disposal_paper, retention
from .starting.views import first_slips

app_name = "office"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("metrics", views.metrics, name="metrics"),
    path("office/watch", views.watching, name="watching"),
    path("office/slips", first_slips, name="first_slips"),
    path("retention/", retention, name="retention"),
    *urls_of_app("office"),
    path("retention/lists/<uuid:disposal_id>/", disposal, name="disposal"),
    path("retention/lists/<uuid:disposal_id>/paper/", disposal_paper, name="disposal_paper"),
]
