"""What the acts of notices are about: a notice, one receipt of it."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked
from wanjia.verdict import NotFound

from ..models import NoticeReceipt, SafetyNotice
from . import rules

OVER = ("schools:notices", _("通告和倡议"))
OF_NOTICE = ("area", "issuer", "heir")
OF_RECEIPT = ("notice__area", "notice__issuer", "notice__heir", "venue__area", "area")


def _in_its_notice(pk, at):
    """Lock the notice of a receipt, then the receipt: who lifts a notice and who serves it wait for each other."""
    found = NoticeReceipt.objects.filter(pk=pk).values_list("notice", flat=True).first()
    one = SafetyNotice.objects.select_for_update(of=("self",), no_key=True).select_related(*OF_NOTICE).filter(pk=found).first()
    row = NoticeReceipt.objects.select_for_update(of=("self",), no_key=True).select_related(*OF_RECEIPT).filter(pk=pk).first()
    if one is None or row is None:
        raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
    row.notice = one
    return row, at


NOTICES = Subject(
    "safety_notice", "schools.safetynotice", "schools/notices", seen=lambda actor, duty: rules.visible_notices(actor, duty=duty).select_related(*OF_NOTICE),
    take=locked(SafetyNotice, *OF_NOTICE), look=looked(SafetyNotice, *OF_NOTICE), page="schools:notice", over=OVER, about=str,
)  # fmt: skip
RECEIPTS = Subject(
    "notice_receipt", "schools.noticereceipt", "schools/receipts", seen=lambda actor, duty: rules.visible_receipts(actor, duty=duty).select_related(*OF_RECEIPT),
    take=_in_its_notice, look=looked(NoticeReceipt, *OF_RECEIPT), page="schools:notice", of=lambda one: one.notice, over=OVER, about=lambda one: f"{one} {one.notice.name}",
)  # fmt: skip
