"""The labourer's own pages, without an account and without a name on them."""

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wanjia.doors.guard import PUBLIC, address_of, say, sent_key
from wanjia.doors.reading import page
from wanjia.verdict import Refused

from ..matching import plans
from ..matching.rules import standing_plans
from ..models import Proposal
from ..states import Answer
from . import commands, forms, pages, queries, rules

THANKS = {Answer.ACCEPTED: _("记下了:您愿去。什么时候走、怎么走,会有人联系您。"), Answer.DECLINED: _("记下了:您不去,以后不再推荐这个岗位。"), forms.ASK: _("记下了,请村里的人再看一次,答复写在这一页上。")}


@page("w/", PUBLIC, name="work_slip_enter", template="enter", fresh=True)
def enter(request):
    """Type the code of the paper."""
    form = forms.Code(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("labour:work_slip_page", queries.canonical(form.cleaned_data["code"]) or "-")
    return {"form": form}


@page("w/<str:code>", PUBLIC, name="work_slip_page", template="slip", fresh=True)
def slip(request, code):
    """What is proposed to me and why; yes, no; my seat; how what I voiced for those at home stands."""
    worker = commands.open_by_code(code=code, address=address_of(request), at=request.at)
    if worker is None:
        return pages.wrong_code(request, code)
    form = forms.Word(request.POST or None)
    if form.is_valid() and _heard(request, form, worker):
        return redirect("labour:work_slip_page", code)
    found = list(queries.proposals(worker))
    offers = [(one, bool(rules.can_say(worker, one, Answer.ACCEPTED)), bool(rules.can_say(worker, one, Answer.DECLINED)), bool(rules.can_ask(worker, one))) for one in found]
    return {
        "worker": worker, "code": code, "form": form, "offers": offers, "wishes": queries.wishes(worker), "seat": queries.seat_of(worker),
        "telephone": queries.telephone(worker), "may_voice": rules.can_voice(worker, request.at),
    }  # fmt: skip


def _heard(request, form, worker):
    word = form.cleaned_data["word"]
    who = {"worker_id": worker.pk, "proposal_id": form.cleaned_data["proposal"], "by": commands.HIMSELF, "at": request.at, "key": sent_key(request)}
    try:
        if word == forms.ASK:
            commands.ask_by_slip(**who)
        else:
            commands.answer_by_slip(**who, word=word, why=form.cleaned_data["why"])
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return False
    say(request, THANKS[word])
    return True


@page("w/<str:code>/why/<uuid:proposal_id>", PUBLIC, name="work_slip_why", template="why", fresh=True)
def why(request, code, proposal_id):
    """Why this one: what was compared, the best three beside it and what shuts me out of others. Worked out anew from the rows, by nobody's word."""
    worker = commands.open_by_code(code=code, address=address_of(request), at=request.at)
    if worker is None:
        return pages.wrong_code(request, code)
    proposal = Proposal.objects.filter(pk=proposal_id, worker=worker, plan__in=standing_plans()).select_related("vacancy__employer", "next_vacancy__employer", "plan").first()
    if proposal is None:
        return redirect("labour:work_slip_page", code)
    return {
        "proposal": proposal, "options": [one for one in plans.options_of(worker, proposal.plan, 4) if one.vacancy.pk != proposal.vacancy_id][:3], "wishes": queries.wishes(worker), "code": code,
        "may_ask": bool(rules.can_ask(worker, proposal)), "telephone": queries.telephone(worker),
    }  # fmt: skip


@page("w/<str:code>/voice", PUBLIC, name="work_slip_voice", template="voice", fresh=True)
def voice(request, code):
    """Voice one for those at home; how it stands is shown on the slip from then on."""
    worker = commands.open_by_code(code=code, address=address_of(request), at=request.at)
    if worker is None:
        return pages.wrong_code(request, code)
    form = forms.Voice(request.POST or None)
    if form.is_valid():
        try:
            made = commands.voice_by_slip(worker_id=worker.pk, **form.cleaned_data, by=commands.HIMSELF, at=request.at, key=sent_key(request))
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            say(request, _("记下了,编号 %(number)s。办到哪一步,在这一页看。") % {"number": made.number})
            return redirect("labour:work_slip_page", code)
    return {"form": form, "verdict": rules.can_voice(worker, request.at), "code": code, "telephone": queries.telephone(worker)}
