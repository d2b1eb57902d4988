"""The public pages of wishes: the list, one wish with its claim, the donor's slip, money given and what became of it. No account, no name."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wanjia.doors.guard import PUBLIC, address_of, say, sent_key
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.policy import wishes as policy
from wanjia.verdict import Refused

from ..wish_states import POOL, MoneyKind
from ..wishes import pages, queries, rules
from . import commands, forms

PER_PAGE = 30


@page("wishes/", PUBLIC, name="public_wishes", template="list", fresh=True)
def wishes(request):
    """What may be claimed: code, age band, thing. ?kind=&band="""
    form = forms.Narrow(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    return {"page": page_of(request, queries.offered(**asked), per_page=PER_PAGE), "form": form if form.is_bound else forms.Narrow(), "numbers": policy.in_force(request.day)}


@page("wishes/money/", PUBLIC, name="public_money", template="money", fresh=True)
def money(request):
    """Money given for wishes and what became of it, by code; no donor is named."""
    total, rows = queries.money_published()
    given, spent, back = (total.get(kind, 0) for kind in (MoneyKind.GIVEN, MoneyKind.SPENT, MoneyKind.BACK))
    found = page_of(request, rows, per_page=PER_PAGE)
    for one in found:
        one.told = one.thing if queries.is_shown(one) else ""
        one.account = [_yuan(fen or 0) for fen in (one.given, one.spent, one.back, one.given - (one.spent or 0) - (one.back or 0))]
    return {"page": found, "sums": [_yuan(fen) for fen in (given, spent, back, given - spent - back)]}


def _yuan(fen):
    return f"{fen / 100:.2f}"


@page("wishes/<str:code>/", PUBLIC, name="public_wish", template="wish", fresh=True)
def wish(request, code):
    """One wish; while it may be claimed, the form; what is claimed opens the donor's paper, this once."""
    one = queries.by_code(code)
    if one is None:
        raise Http404
    form = forms.Claim(request.POST or None)
    if form.is_valid():
        try:
            done = commands.claim_wish(wish_id=one.pk, **form.cleaned_data, address=address_of(request), by=commands.DONOR, at=request.at, key=sent_key(request))
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
            one.refresh_from_db(fields=["state"])
        else:
            return _paper(request, done)
    return {"wish": one, "form": form, "may": one.state in POOL, "numbers": policy.in_force(request.day)}


def _paper(request, claim):
    """The donor's paper: what, until when, where to, the slip's code. Who sends the same page again, whose line dropped, sees it again."""
    answer = render(request, "care/donors/claimed.html", {"claim": claim, "wish": claim.wish, **pages.slip_of(request, claim)})
    answer["Cache-Control"] = "no-store"
    return answer


@page("d/", PUBLIC, name="donor_enter", template="enter", fresh=True)
def enter(request):
    """Type the code of the slip."""
    form = forms.Code(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("care:donor_slip", queries.canonical(form.cleaned_data["code"]) or "-")
    return {"form": form}


@page("d/<str:code>", PUBLIC, name="donor_slip", template="slip", fresh=True)
def slip(request, code):
    """Where the wish that I claimed stands, until when, where to bring it, what the child says; giving it up."""
    claim = commands.open_by_code(code=code, address=address_of(request), at=request.at)
    if claim is None:
        return render(request, "care/donors/enter.html", {"form": forms.Code(initial={"code": code}), "wrong": True}, status=404)
    why = ""
    if request.method == "POST":
        try:
            commands.give_up_by_slip(claim_id=claim.pk, by=commands.DONOR, at=request.at, key=sent_key(request))
        except Refused as refusal:
            why = refusal.reason
        else:
            say(request, _("已放弃,心愿放回清单。谢谢您告诉我们。"))
            return redirect("care:donor_slip", code)
    money = list(queries.money_of(claim.wish).filter(claim=claim))
    return {
        "claim": claim, "wish": claim.wish, "code": code, "desk": queries.desk_of(claim.wish), "money": money, "why": why,
        "may_give_up": bool(rules.can_give_up_alone(claim)), "days_left": (claim.until_on - request.day).days - 1,
    }  # fmt: skip
