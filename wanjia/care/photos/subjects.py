"""What the acts of pictures are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import Photo
from .rules import visible_photos

PHOTOS = Subject(
    "photo", "care.photo", "care/photos", seen=lambda actor, duty: visible_photos(actor, duty=duty).defer("raw", "body").select_related("event__area", "taken_by"),
    take=locked(Photo, "event__area"), look=looked(Photo, "event__area"), page="care:photo", over=("care:photos", _("活动照片")), about=lambda photo: photo.subject, drafts=False,
)  # fmt: skip
