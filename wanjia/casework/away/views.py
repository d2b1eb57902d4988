"""The page on which somebody away voices a need for those at home. It shows nothing of the home."""

from django.shortcuts import render

from wanjia.doors.guard import PUBLIC, address_of, sent_key
from wanjia.doors.reading import page
from wanjia.reporting.documents.drawing import qr_address
from wanjia.verdict import Refused

from ..promise import promise_of
from ..slip import commands as slips
from ..slip.pages import address_of as slip_address
from ..slip.pages import wrong_code
from ..slip.rules import may_show
from . import commands, rules
from .forms import Voice


@page("s/<str:code>/voice", PUBLIC, fresh=True)
def voice(request, code):
    """Voice one for those at home, under the slip's code; what comes of it is followed by a slip of its own, shown once."""
    at = request.at
    need = slips.open_by_code(code=code, address=address_of(request), at=at)
    if need is None or need.replaced:
        return wrong_code(request, code)
    form, verdict = Voice(request.POST or None), rules.can_voice(need, at)
    if form.is_valid():
        try:
            slip = commands.voice_from_away(need_id=need.pk, **form.cleaned_data, by=slips.HOUSEHOLD, at=at, key=sent_key(request))
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            return _voiced(request, slip, code)
    return {"form": form, "verdict": verdict, "code": code}


def _voiced(request, slip, code):
    facts = {"need": slip.need, "code": code, "promise": promise_of(slip.need, request.day)}
    if may_show(slip):
        address = slip_address(request, slip)
        facts |= {"slip": slip, "address": address, "picture": qr_address(address, 5)}
    return render(request, "casework/away/voiced.html", facts)
