"""What is asked of what was told privately: what waits for a look, which decisions may bear a notice, what is over."""

from django.db.models import Q
from django.shortcuts import redirect

from ..appraisal_states import PictureState, ShortState, StrictState
from ..models import AgendaItem, BodySeat, Shortcoming, ShortcomingPhoto, StrictNotice, StrictObjection
from ..states import DECIDED, BodyKind
from . import rules


def to_look_at(actor, day):
    """What was told and whose days are over: somebody goes and looks whether it was put right."""
    return rules.visible_shortcomings(actor).filter(state=ShortState.TOLD, due_on__lt=day, strict=None)


def to_review(actor):
    """The notices that wait for another hand, and those that an objection keeps off the board."""
    mine = rules.visible_strict(actor)
    return mine.filter(Q(state=StrictState.DRAWN) & ~Q(drawn_by_id=actor.id) | Q(objections__isnull=False, objections__upheld=None)).distinct()


def decisions_for(one, _actor, _day):
    """The decisions that may bear a notice: of this village's councils and assemblies and the home's own group, of no notice yet."""
    rows = AgendaItem.objects.filter(body__kind__in=rules.COUNCILS, state__in=DECIDED).select_related("body").order_by("-decided_on", "pk")
    used = StrictNotice.objects.values("item")
    return rows.filter(body__area=one.village_id, body__group_name__in=("", one.home.group_name), decided_on__gt=one.due_on).exclude(pk__in=used) if one else rows


def seats_for(one, _actor, day):
    """The seats of the village's supervision committee: one of them answers."""
    rows = BodySeat.objects.on(day).filter(body__kind=BodyKind.SUPERVISION, body__to_on=None).select_related("person", "body").order_by("body_id", "office", "pk")
    return rows.filter(body__area=one.village_id) if one else rows


def objections_open(one, _actor, _day):
    """The objections to a notice that nobody answered yet."""
    return one.objections.filter(upheld=None) if one else StrictObjection.objects.none()


def objections_of(one, _actor, _day):
    """All objections to a notice: a call that is sent again names the one that it answered."""
    return one.objections.all() if one else StrictObjection.objects.none()


def over(day):
    """What was told whose days are over, whatever became of it."""
    return Shortcoming.objects.filter(state=ShortState.TOLD, until_on__lt=day).filter(Q(strict=None) | Q(strict__state=StrictState.DOWN))


def hung_out(day):
    """The notices whose days on the board are over, those among them that an objection keeps off it; and those that nobody put up by the time that what was told is over."""
    up = Q(state__in=(StrictState.UP, StrictState.STOPPED), until_on__lt=day)
    return StrictNotice.objects.filter(up | Q(state=StrictState.DRAWN, shortcoming__until_on__lt=day))


def pictured(day):
    """What has pictures that are over: its last day has passed, though a notice keeps it open."""
    kept = ShortcomingPhoto.objects.exclude(state=PictureState.GONE).values("shortcoming")
    return Shortcoming.objects.filter(pk__in=kept, until_on__lt=day)


def to_what_was_told(_request, photo, _answer):
    """Return the page of what was told: of a picture that is destroyed there is none."""
    return redirect("village:shortcoming", photo.shortcoming_id)


def to_list(_request, _row, _answer):
    """Return the page of what was told: of a home that is helped nothing is kept here."""
    return redirect("village:shortcomings")


def page_of_strict(one):
    """Lead to a notice of the paper board."""
    return redirect("village:strict_notice", one.pk)
