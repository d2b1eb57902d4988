"""What the acts of imports are about: a workbook somebody sent, and a header that an office confirmed."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.verdict import NotFound

from ..models import KnownHeader, Upload
from .rules import known_headers, visible_uploads


def _upload(upload_id, at):
    upload = Upload.objects.filter(pk=upload_id).first()
    if upload is None:
        raise NotFound(_("没有找到这次导入。"))
    return upload, at


UPLOADS = Subject(
    "upload", "registry.upload", "import", seen=lambda actor, **_duty: visible_uploads(actor).select_related("by", "organisation"), take=_upload,
    page="registry:import_upload", over=("registry:import", _("批量导入")), about=lambda upload: upload.file_name,
)  # fmt: skip


def _header(header_id, at):
    known = KnownHeader.objects.filter(pk=header_id).first()
    if known is None:
        raise NotFound(_("这条表头对照已经不在了。"))
    return known, at


HEADERS = Subject(
    "header", "registry.knownheader", "import/headers", seen=lambda actor, **_duty: known_headers(actor), take=_header, page="",
    over=("registry:import", _("批量导入")), about=lambda known: known.header, id="int",
)  # fmt: skip
