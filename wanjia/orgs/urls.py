"""Addresses of areas, units, sponsorship, accounts and the working-day table."""

from django.urls import path

from .accounts import views as accounts
from .areas import views as areas
from .second_person import views as second_person
from .sponsorship import views as sponsorship
from .units import views as units
from .workdays import views as workdays

app_name = "orgs"
urlpatterns = [
    path("users", accounts.users, name="users"),
    path("users/roles", accounts.roles, name="roles"),
    path("users/new", accounts.new_user, name="new_user"),
    path("users/<uuid:user_id>", accounts.user, name="user"),
    path("users/<uuid:user_id>/posts", accounts.give_post, name="give_post"),
    path("users/<uuid:user_id>/posts/<int:post_id>/end", accounts.end_post, name="end_post"),
    path("users/<uuid:user_id>/password", accounts.reset_password, name="reset_password"),
    path("users/<uuid:user_id>/lock", accounts.lock_user, name="lock_user"),
    path("users/<uuid:user_id>/unlock", accounts.unlock_user, name="unlock_user"),
    path("me", accounts.profile, name="profile"),
    path("me/duties", second_person.duty_notices, name="duty_notices"),
    path("me/duties/seen", second_person.see_notices, name="see_notices"),
    path("me/duties/posts/<int:post_id>", second_person.decide_post, name="decide_post"),
    path("me/duties/users/<uuid:user_id>", second_person.wake_user, name="wake_user"),
    path("me/sessions/end", accounts.end_sessions, name="end_sessions"),
    path("areas", areas.areas, name="areas"),
    path("areas/load", areas.load_areas, name="load_areas"),
    path("areas/<str:code>", areas.area, name="area"),
    path("areas/<str:code>/aliases", areas.keep_alias, name="keep_area_alias"),
    path("areas/<str:code>/aliases/<int:alias_id>/drop", areas.drop_alias, name="drop_area_alias"),
    path("areas/<str:code>/end", areas.end_area, name="end_area"),
    path("units", units.units, name="units"),
    path("units/new", units.new_unit, name="new_unit"),
    path("units/<uuid:unit_id>", units.unit, name="unit"),
    path("units/<uuid:unit_id>/aliases", units.keep_alias, name="keep_unit_alias"),
    path("units/<uuid:unit_id>/end", units.end_unit, name="end_unit"),
    path("sponsorships", sponsorship.sponsorships, name="sponsorships"),
    path("sponsorships/new", sponsorship.sponsor, name="sponsor"),
    path("sponsorships/<int:bond_id>/end", sponsorship.end_sponsorship, name="end_sponsorship"),
    path("calendar", workdays.calendar, name="calendar"),
    path("calendar/day", workdays.keep_workday, name="keep_workday"),
    path("calendar/day/clear", workdays.clear_workday, name="clear_workday"),
    path("calendar/retime", workdays.retime, name="retime"),
    path("calendar/retime/stop", workdays.stop_recount, name="stop_recount"),
    path("calendar/retime/progress", workdays.progress, name="retime_progress"),
    path("calendar/changes/<uuid:change_id>", workdays.change, name="workday_change"),
    path("calendar/changes/<uuid:change_id>/decide", workdays.decide_workdays, name="decide_workdays"),
    path("calendar/notice", workdays.load_workdays, name="load_workdays"),
]
