"""The household's slip as it is printed among a need's papers."""

from django.views.decorators.http import require_POST

from wanjia.casework.duties import Duty
from wanjia.doors.guard import press
from wanjia.doors.pages import of_row
from wanjia.reporting.documents.drawing import pdf, qr
from wanjia.reporting.documents.sending import sent
from wanjia.reporting.papers.sheets import moment_words

from ..slip.commands import issue_slip
from ..slip.rules import may_show
from ..subjects import NEEDS
from .queries import slip_addresses


@of_row(NEEDS, Duty.RECORD_NEEDS)
@require_POST
def slip(request, need):
    """Make the household's slip and send it as a small PDF."""
    made = press(request, issue_slip, need_id=need.pk)
    may_show(made).or_raise()
    door, page = (request.build_absolute_uri(address) for address in slip_addresses(made.code))
    context = {"code": made.code, "address": door, "qr": qr(page), "number": need.number,
               "day": moment_words(made.issued_at), "name": "困难诉求查询小条", "made": made.issued_at}  # fmt: skip
    return sent(pdf("casework/papers/slip.html", context, name=str(made.pk)), f"小条{need.number}.pdf")
