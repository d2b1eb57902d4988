"""What the acts of craftsmen are about: a craftsman, a pair, a booking."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked
from wanjia.verdict import NotFound

from ..models import CraftBooking, Craftsman, MentorPair
from . import queries, rules


def _with_its_craftsman(model, *related):
    """Lock the craftsman, then the row: of two who promise his day the second waits, and sees him withdrawn."""

    def take(pk, at):
        whose = model.objects.filter(pk=pk).values_list("craftsman", flat=True).first()
        craftsman = Craftsman.objects.select_for_update(of=("self",), no_key=True).select_related("village").filter(pk=whose).first()
        row = model.objects.select_for_update(of=("self",), no_key=True).select_related(*related).filter(pk=pk).first()
        if craftsman is None or row is None:
            raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
        row.craftsman = craftsman
        return row, at

    return take


CRAFTSMEN = Subject(
    "craftsman", "village.craftsman", "village/crafts/people", seen=lambda actor, duty: rules.visible_craftsmen(actor, duty=duty).select_related("home", "village", "person"),
    take=locked(Craftsman, "home", "village"), page="village:craftsman", over=("village:crafts", _("乡土人才")), about=queries.listed_as,
)  # fmt: skip
PAIRS = Subject(
    "mentor_pair", "village.mentorpair", "village/crafts/pairs", seen=lambda actor, duty: rules.visible_pairs(actor, duty=duty).select_related("craftsman__village", "learner"),
    take=_with_its_craftsman(MentorPair, "learner"), page="village:mentor_pair", of=lambda one: one.craftsman, over=("village:mentor_pairs", _("帮带")), about=lambda one: one.topic,
)  # fmt: skip
BOOKINGS = Subject(
    "craft_booking", "village.craftbooking", "village/crafts/bookings", seen=lambda actor, duty: rules.visible_bookings(actor, duty=duty).select_related("craftsman__village", "village", "home"),
    take=_with_its_craftsman(CraftBooking, "village", "home"), page="village:craft_booking", over=("village:craft_bookings", _("请师傅")), about=lambda one: one.words,
)  # fmt: skip
