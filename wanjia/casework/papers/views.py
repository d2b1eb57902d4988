"""The household's slip as it is printed among a need's papers."""

from wanjia.casework.duties import Duty
from wanjia.doors.guard import press
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.reporting.documents.drawing import pdf, qr
from wanjia.reporting.papers.sheets import moment_words

from ..slip.commands import issue_slip
from ..slip.rules import may_show
from ..subjects import NEEDS
from .queries import slip_addresses


@page("documents/<uuid:need_id>/slip/", Duty.RECORD_NEEDS, of=NEEDS, sends=True, under="reporting")
def slip(request, need):
    """Make the household's slip and send it as a small PDF."""
    made = press(request, issue_slip, need_id=need.pk)
    may_show(made).or_raise()
    door, there = (request.build_absolute_uri(address) for address in slip_addresses(made.code))
    context = {"code": made.code, "address": door, "qr": qr(there), "number": need.number,
               "day": moment_words(made.issued_at), "name": "困难诉求查询小条", "made": made.issued_at}  # fmt: skip
    return beside(pdf("casework/papers/slip.html", context, name=str(made.pk)), f"小条{need.number}.pdf")
