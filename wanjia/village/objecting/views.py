"""A notice as everybody reads it, without account: what was decided and by how many, until when, what was answered; and the place to object."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wanjia.doors.guard import PUBLIC, address_of, say, sent_key
from wanjia.doors.reading import page
from wanjia.verdict import Refused

from ..deciding.rules import is_up
from ..models import PublicNotice
from ..proposing.subjects import VILLAGER
from . import commands, forms, rules


@page("g/<str:area_id>/notices/<uuid:public_notice_id>/", PUBLIC, name="public_objecting", template="public", fresh=True)
def public_objecting(request, area_id, public_notice_id):
    """One notice that is or was up; while it is, anybody objects here. Nobody's name or words stand on it."""
    one = PublicNotice.objects.select_related("area", "item__body", "item__meeting").filter(pk=public_notice_id, area=area_id, from_on__lte=request.day).first()
    if one is None:
        raise Http404
    up, form = is_up(one, request.day), forms.Objects(request.POST or None)
    if form.is_valid():
        address = address_of(request)
        try:
            rules.may_send(address, request.day).or_raise()
            commands.object_from_page(public_notice_id=one.pk, **form.cleaned_data, by=VILLAGER, at=request.at, key=sent_key(request))
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            rules.note_sent(address)
            say(request, _("收到了。答复写在这一页,答复以前公示不撤。"))
            return redirect("village:public_objecting", area_id, public_notice_id)
    heard = list(one.objections.order_by("told_on", "pk"))
    answered = [each for each in heard if each.outcome]
    return {"notice": one, "item": one.item, "meeting": one.item.meeting, "up": up, "day": request.day, "form": form, "answered": answered, "waits": len(heard) - len(answered)}
