"""What the acts after a decision are about: a filing, a public notice, an objection to it."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked
from wanjia.verdict import NotFound

from ..models import Filing, Objection, PublicNotice
from . import rules

FILED, POSTED = ("village:filings", _("决定备案")), ("village:public_notices", _("公示和异议"))
OF_FILING, OF_NOTICE, OF_OBJECTION = ("item__body__area", "area"), ("item__body__area", "area"), ("notice__item__body__area", "notice__area")


def _to_its_notice(pk, at):
    """Lock the notice of an objection, then the objection: of two that are upheld one takes the notice down."""
    found = Objection.objects.filter(pk=pk).values_list("notice", flat=True).first()
    notice = PublicNotice.objects.select_for_update(of=("self",), no_key=True).select_related(*OF_NOTICE).filter(pk=found).first()
    row = Objection.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if notice is None or row is None:
        raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
    row.notice = notice
    return row, at


FILINGS = Subject(
    "filing", "village.filing", "village/filings", seen=lambda actor, duty: rules.visible_filings(actor, duty=duty).select_related(*OF_FILING),
    take=locked(Filing, *OF_FILING), look=looked(Filing, *OF_FILING), page="village:item", of=lambda one: one.item, over=FILED, about=lambda one: f"{one.number} {one.item}",
)  # fmt: skip
NOTICES = Subject(
    "public_notice", "village.publicnotice", "village/notices", seen=lambda actor, duty: rules.visible_notices(actor, duty=duty).select_related(*OF_NOTICE),
    take=locked(PublicNotice, *OF_NOTICE), look=looked(PublicNotice, *OF_NOTICE), page="village:public_notice", over=POSTED, about=str,
)  # fmt: skip
OBJECTIONS = Subject(
    "objection", "village.objection", "village/objections", seen=lambda actor, duty: rules.visible_objections(actor, duty=duty).select_related(*OF_OBJECTION),
    take=_to_its_notice, look=looked(Objection, *OF_OBJECTION), page="village:public_notice", of=lambda one: one.notice, over=POSTED, about=str,
)  # fmt: skip
