"""Every address of the product: the frame's own, and those of each installed app that has a urls.py."""

from django.urls import include, path

from wanjia.doors.lists import addresses
from wanjia.doors.reading import urls_of_app
from wanjia.kernel.brings import parts

from . import phone, views
from .api import urls as api

handler400 = "wanjia.site.errors.not_taken"
handler404 = "wanjia.site.errors.not_found"
handler500 = "wanjia.site.errors.broken"

urlpatterns = [
    path("accounts/", include("wanjia.site.account_urls")),
    path("language", views.set_language, name="set_language"),
    path("large-text", views.large_text, name="large_text"),
    path("sw.js", phone.worker, name="worker"),
    path("outbox", phone.outbox, name="outbox"),
    path("no-signal", phone.no_signal, name="no_signal"),
    path("search", views.find, name="search"),
    path("stand", views.stand, name="stand"),
    path("", views.desk, name="desk"),
    *(path("", include(urls)) for urls in (*addresses(), *(one for one in parts("urls") if one.__name__ != __name__))),
    path("api/", api),
    *urls_of_app(""),
]
