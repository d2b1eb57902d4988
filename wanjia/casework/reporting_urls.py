"""Addresses that needs bring under the name of reporting: figures of the county on one page, the slip, the forms that ask for exports."""

from django.urls import path

from wanjia.reporting.exporting.views import ask

from .dashboard import views as dashboard
from .papers import views as papers
from .states import ExportKind

urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/rows/", dashboard.rows, name="rows"),
    path("documents/<uuid:need_id>/slip/", papers.slip, name="slip"),
    path("exports/ask/", ask, {"kind": ExportKind.NEEDS.value}, name="ask_export"),
    path("exports/homes/", ask, {"kind": ExportKind.HOMES.value}, name="export_homes"),
]
