"""What the pages of acts that hand over ask and show: counts by place, never what a promise is about."""

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from . import choices, queries


def fields_of_post(post, _actor, day):
    """The fields of an act that ends a post."""
    return choices.fields(queries.leaving_post(post, day)) if post is not None else {}


def fields_of_unit(unit, _actor, day):
    """The fields of an act that ends or moves a unit."""
    return choices.fields(queries.leaving_unit(unit, day)) if unit is not None else {}


def fields_of_moving(unit, _actor, day):
    """The fields of an act that may move a unit."""
    return choices.fields(queries.leaving_unit(unit, day, moved=True), label=_("换了区划、层级或条线的,手里的事都交给")) if unit is not None else {}


def fields_of_standing(row, _actor, day):
    """The fields of an act that finishes a standing hand-over."""
    return choices.fields(queries.left_behind(row.user, row.organisation, day)) if row is not None else {}


def held_by_post(request, post):
    """What a post's holder would leave behind."""
    return _told(queries.leaving_post(post, request.day))


def held_by_unit(request, unit):
    """What a unit would leave behind."""
    return _told(queries.leaving_unit(unit, request.day))


def what_stands(request, row):
    """What was left behind."""
    return _told(queries.left_behind(row.user, row.organisation, request.day))


def _told(leaving):
    found = queries.held(leaving)
    return {"held": [(family.words, len(rows)) for family, rows in found.items()], "places": len(queries.by_place(found)) > 1}


def to_list(_request, _row, _answer):
    """Back to what else stands."""
    return redirect("orgs:handovers")
