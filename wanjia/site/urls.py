"""Every address of the product."""

from django.urls import include, path

from wanjia.casework.ledger.views import desk
from wanjia.orgs.trail import views as trail

from . import views
from .api import urls as api

handler400 = "wanjia.site.errors.not_taken"
handler404 = "wanjia.site.errors.not_found"
handler500 = "wanjia.site.errors.broken"

urlpatterns = [
    path("accounts/", include("wanjia.site.account_urls")),
    path("language", views.set_language, name="set_language"),
    path("large-text", views.large_text, name="large_text"),
    path("search", views.find, name="search"),
    path("stand", views.stand, name="stand"),
    path("", desk, name="desk"),
    path("", include("wanjia.casework.urls")),
    path("", include("wanjia.registry.urls")),
    path("", include("wanjia.orgs.urls")),
    path("", include("wanjia.reporting.urls")),
    path("", include("wanjia.office.urls")),
    path("api/", api),
    path("journal", trail.journal, name="journal"),
    path("journal/verify", trail.verify, name="verify_journal"),
    path("journal/anchor", trail.anchor_journal, name="anchor_journal"),
]
