"""Every address of the product."""

from django.http import HttpResponse
from django.urls import include, path

from wanjia.kernel.guard import public

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("desk", public(lambda request: HttpResponse("desk")), name="desk"),
]
