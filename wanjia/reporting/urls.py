"""The addresses of papers, notices and exports; what apps above bring under the same name stands before them (`reporting_urls.py`)."""

from django.urls import path

from wanjia.doors.reading import urls_of_app
from wanjia.kernel.brings import parts

from .exporting import views as exporting
from .notices import views as notices
from .papers import views as papers

app_name = "reporting"
urlpatterns = [
    *(address for urls in parts("reporting_urls") for address in urls.urlpatterns),
    *urls_of_app(app_name),
    path("documents/", notices.documents, name="documents"),
    path("documents/monthly/", notices.print_monthly, name="print_monthly"),
    path("documents/monthly/<uuid:paper_id>/", notices.published, name="notice"),
    path("documents/<uuid:row_id>/", papers.papers, name="papers"),
    path("documents/<uuid:row_id>/<str:kind>/", papers.print_paper, name="print_paper"),
    path("exports/", exporting.exports, name="exports"),
    path("exports/<slug:kind>/", exporting.ask, name="ask"),
]
