"""Every address of the product."""

from django.shortcuts import render
from django.urls import include, path

from wanjia.kernel.guard import guarded

from . import views

urlpatterns = [
    path("accounts/", include("wanjia.site.account_urls")),
    path("language", views.set_language, name="set_language"),
    path("large-text", views.large_text, name="large_text"),
    path("", guarded()(lambda request: render(request, "base.html")), name="desk"),
]
