"""What the acts of bodies are about: a body, a seat in it."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked
from wanjia.verdict import NotFound

from ..models import BodySeat, GoverningBody
from . import rules

OVER = ("village:bodies", _("自治组织"))
OF_SEAT = ("body__area", "person")


def _in_its_body(pk, at):
    """Lock the body of a seat, then the seat: who ends a seat and who opens a meeting of its body wait for each other."""
    found = BodySeat.objects.filter(pk=pk).values_list("body", flat=True).first()
    body = GoverningBody.objects.select_for_update(of=("self",), no_key=True).select_related("area").filter(pk=found).first()
    row = BodySeat.objects.select_for_update(of=("self",), no_key=True).select_related(*OF_SEAT).filter(pk=pk).first()
    if body is None or row is None:
        raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
    row.body = body
    return row, at


BODIES = Subject(
    "governing_body", "village.governingbody", "village/bodies", seen=lambda actor, duty: rules.visible_bodies(actor, duty=duty).select_related("area"),
    take=locked(GoverningBody, "area"), look=looked(GoverningBody, "area"), page="village:body", over=OVER, about=str, word="body",
)  # fmt: skip
SEATS = Subject(
    "body_seat", "village.bodyseat", "village/seats", seen=lambda actor, duty: rules.visible_seats(actor, duty=duty).select_related(*OF_SEAT),
    take=_in_its_body, look=looked(BodySeat, *OF_SEAT), page="village:body", of=lambda one: one.body, over=OVER, about=lambda one: f"{one} {one.body.name}",
)  # fmt: skip
