"""Addresses of areas, units, sponsorship, accounts and the working-day table."""

from django.urls import path

from wanjia.doors.pages import page_of_act, urls_of_app

from .accounts import views as accounts
from .areas import views as areas
from .channels import views as channels
from .devices import views as devices
from .handing import views as handing
from .recounting import views as recounting
from .second_person import views as second_person
from .sponsorship import views as sponsorship
from .units import views as units
from .units.commands import CHANGE
from .workdays import views as workdays

app_name = "orgs"
urlpatterns = [
    *urls_of_app(app_name),
    path("users", accounts.users, name="users"),
    path("users/roles", accounts.roles, name="roles"),
    path("users/<uuid:user_id>", accounts.user, name="user"),
    path("me/duties", second_person.duty_notices, name="duty_notices"),
    path("me/duties/posts/<int:post_id>", second_person.decide_post, name="decide_post"),
    path("device/word", devices.word, name="device_word"),
    path("device/satchel", devices.satchel, name="device_satchel"),
    path("areas", areas.areas, name="areas"),
    path("areas/<str:area_id>", areas.area, name="area"),
    path("units", units.units, name="units"),
    path("units/<uuid:unit_id>", page_of_act(CHANGE), name="unit"),
    path("units/<uuid:unit_id>/channels", channels.channels, name="channels"),
    path("handovers", handing.handovers, name="handovers"),
    path("sponsorships", sponsorship.sponsorships, name="sponsorships"),
    path("calendar", workdays.calendar, name="calendar"),
    path("calendar/retime", recounting.retime, name="retime"),
    path("calendar/retime/stop", recounting.stop_recount, name="stop_recount"),
    path("calendar/retime/progress", recounting.progress, name="retime_progress"),
    path("calendar/changes/<uuid:change_id>", workdays.change, name="workday_change"),
]
