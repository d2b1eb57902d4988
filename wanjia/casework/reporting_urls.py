"""The addresses of figures, papers and exports."""

from django.urls import path

from .dashboard import views as dashboard
from .exporting import views as ledger
from .exporting_homes import views as homes
from .papers import views as documents

app_name = "reporting"
urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/rows/", dashboard.rows, name="rows"),
    path("documents/", documents.documents, name="documents"),
    path("documents/monthly/", documents.print_monthly, name="print_monthly"),
    path("documents/monthly/<uuid:paper_id>/", documents.published, name="notice"),
    path("documents/monthly/<uuid:paper_id>/correct/", documents.correct, name="correct_notice"),
    path("documents/<uuid:need_id>/", documents.papers, name="papers"),
    path("documents/<uuid:need_id>/slip/", documents.slip, name="slip"),
    path("documents/<uuid:need_id>/<str:kind>/", documents.print_paper, name="print_paper"),
    path("exports/", ledger.exports, name="exports"),
    path("exports/homes/", homes.export_homes, name="export_homes"),
    path("exports/ask/", ledger.ask, name="ask_export"),
    path("exports/<uuid:export_id>/decide/", ledger.decide, name="decide_export"),
    path("exports/<uuid:export_id>/take/", ledger.take, name="take_export"),
]
