"""What the acts of pictures are about: a picture of the public place, taken under what was told."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.verdict import NotFound

from ...models import Shortcoming, ShortcomingPhoto
from . import rules


def _under_what_was_told(pk, at):
    """Lock what was told, then the picture: whoever ends the one and whoever looks at the other wait for each other."""
    found = ShortcomingPhoto.objects.filter(pk=pk).values_list("shortcoming", flat=True).first()
    short = Shortcoming.objects.select_for_update(of=("self",), no_key=True).select_related("home", "village").filter(pk=found).first()
    row = ShortcomingPhoto.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if short is None or row is None:
        raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
    row.shortcoming = short
    return row, at


PICTURES = Subject(
    "shortcoming_photo", "village.shortcomingphoto", "village/improving/pictures",
    seen=lambda actor, duty: rules.visible_pictures(actor, duty=duty).defer("body").select_related("shortcoming__home", "shortcoming__village", "added_by", "seen_by"),
    take=_under_what_was_told, page="village:shortcoming_photo", over=("village:shortcomings", _("待改进")), about=lambda one: one.shortcoming.home.number,
)  # fmt: skip
