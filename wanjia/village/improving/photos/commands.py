"""The acts of pictures of the public place: added bare of what the camera wrote, looked at by another hand, destroyed; all of them with what was told."""

import base64
from typing import Annotated

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from wanjia.doors.pictures import received
from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.verdict import Refused

from ...appraisal_states import PICTURE, Taken
from ...duties import Duty
from ...models import ShortcomingPhoto
from .. import queries
from ..subjects import SHORTS
from . import rules
from .subjects import PICTURES

KEEPS = {"duty": Duty.KEEP_APPRAISAL}
OUTDOORS = Asked(_("外面公共的地方,没有人、没有屋里"), attrs={"required": True})  # asked before it is sent: a browser forgets the picture
AT_THE_PLACE = "a picture is taken by a person at the place, and looked at by another at a screen"


@act(SHORTS, "short_picture", at="picture", words=_("加公共地方的照片"), done=_("已加密保存。另一个经办人看过以后,才印在给本户的告知单上。"), **KEEPS, may=rules.can_add, aside=True, rank=40, tone="quiet",
     lines={"shortcoming.picture": _("加待改进照片")}, call=None, because=AT_THE_PLACE)  # fmt: skip
def add_short_picture(
    shortcoming, *, by, at,
    file: Annotated[File, Asked(_("照片"), _("JPG、PNG,不超过 12 MB。没有必要就不拍,说清楚就行。拍摄地点、时间、机型会去掉。"), attrs={"accept": "image/jpeg,image/png"})],
    when: Annotated[Taken, Asked(_("改好前后"))],
    outdoors: Annotated[bool, OUTDOORS] = False,
):  # fmt: skip
    """Add a picture of the public place (待改进照片), sealed and bare of what the camera wrote into it. No home has to bear one; it is on no board and goes when this is over."""
    if not outdoors:
        raise Refused(_("看清楚:只能是外面公共的地方,没有人、没有屋里。不是的重新拍,或者不用照片。"))
    bare, *_size = received(file)
    ShortcomingPhoto.objects.create(shortcoming=shortcoming, when=when, taken_on=today(at), body=base64.b64encode(bare).decode(), added_at=at, added_by_id=by.id)
    journal.record(act="shortcoming.picture", subject=shortcoming, by=by, at=at, area_code=shortcoming.village_id, when=when)
    return shortcoming


@act(PICTURES, "picture_check", at="check", words=_("看过照片"), done=_("已看过。照片印在给本户的告知单上,不上任何公开栏。"), **KEEPS, may=rules.can_check, rank=10, lines={"shortcoming_photo.check": _("看过待改进照片")}, call=None,
     because=AT_THE_PLACE)  # fmt: skip
def check_short_picture(shortcoming_photo, *, by, at, outdoors: Annotated[bool, OUTDOORS] = False):
    """Say, as another hand than added it, that it shows the public place alone: nobody, no inside of a house. Only then the home is given it."""
    if not outdoors:
        raise Refused(_("照片里有人或者屋里的,点“销毁照片”。"))
    shortcoming_photo.seen_by_id = by.id
    journal.move(shortcoming_photo, PICTURE, "check", by=by, at=at, saving=["seen_by"], area_code=shortcoming_photo.shortcoming.village_id)
    return shortcoming_photo


@act(PICTURES, "picture_destroy", at="destroy", words=_("销毁照片"), done=_("已销毁。"), **KEEPS, may=rules.can_destroy, rank=30, tone="danger", lines={"shortcoming_photo.destroy": _("销毁待改进照片")}, call=None,
     because=AT_THE_PLACE, then=queries.to_what_was_told)  # fmt: skip
def destroy_short_picture(shortcoming_photo, *, by, at, reason: Annotated[str, Asked(_("为什么销毁"), least=2, most=120)]):
    """Destroy a picture (销毁): nothing of it is left but that there was one."""
    _destroyed(shortcoming_photo, reason.strip(), by=by, at=at)
    return shortcoming_photo


def _destroyed(photo, why, *, by, at):
    photo.body, photo.gone_on, photo.gone_why = "", today(at), why
    journal.move(photo, PICTURE, "destroy", by=by, at=at, saving=["body", "gone_on", "gone_why"], area_code=photo.shortcoming.village_id)


def end_pictures(shortcoming, why, *, by, at):
    """Destroy what pictures something told has: with its end, or after its last day. Its row is locked by whoever asks."""
    for photo in rules.held(shortcoming).defer("body").select_for_update(of=("self",), no_key=True).order_by("pk"):
        photo.shortcoming = shortcoming
        _destroyed(photo, str(why), by=by, at=at)
