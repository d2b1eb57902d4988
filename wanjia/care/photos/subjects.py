"""What the acts of pictures are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked
from wanjia.verdict import NotFound

from ..models import Photo
from .rules import visible_photos


def _look(photo_id):
    photo = Photo.objects.select_related("event__area").filter(pk=photo_id).first()
    if photo is None:
        raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
    return photo


PHOTOS = Subject(
    "photo", "care.photo", "care/photos", seen=lambda actor, duty: visible_photos(actor, duty=duty).defer("raw", "body").select_related("event__area", "taken_by"),
    take=locked(Photo, "event__area"), look=_look, page="care:photo", over=("care:photos", _("活动照片")), about=lambda photo: photo.subject, drafts=False,
)  # fmt: skip
