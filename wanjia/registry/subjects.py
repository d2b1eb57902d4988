"""What the acts of the register are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.verdict import NotFound

from .duplicates.queries import merges
from .households.rules import household_for, visible_households
from .importing.models import KnownHeader, Upload
from .importing.rules import known_headers, visible_uploads
from .models import Merge
from .visits.rules import visible_visits, visit_for


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


def _homes_seen(actor, *, duty):
    return visible_households(actor, duty=duty).select_related("village__parent", "verified_by")


def _home(household_id, at, *, by, duty):
    return household_for(by, household_id, duty=duty[0]), at


HOMES = Subject(
    "household", "registry.household", "households", seen=_homes_seen, take=_home, page="registry:household", about=lambda home: home.number,
    look=lambda household_id, *, by, duty: household_for(by, household_id, duty=duty[0]), over=("registry:households", _("家庭户")),
)  # fmt: skip


def _visits_seen(actor, *, duty):
    return visible_visits(actor, duty=duty).select_related("household__village__parent", "done_by")


VISITS = Subject(
    "visit", "registry.visit", "visits", seen=_visits_seen, take=lambda visit_id, at, *, by: (visit_for(by, visit_id), at),
    look=lambda visit_id, *, by: visit_for(by, visit_id), page="registry:visit", over=("registry:visits", _("入户走访")),
)  # fmt: skip


def _merge(merge_id, at):
    merge = Merge.objects.select_related("kept", "gone").filter(pk=merge_id).first()
    if merge is None:
        raise NotFound(_("没有找到这次合并。"))
    return merge, at


MERGES = Subject(
    "merge", "registry.merge", "merges", seen=lambda actor, **_duty: merges(actor), take=_merge, page="",
    over=("registry:duplicates", _("疑似重复")), about=lambda merge: f"{merge.gone.shown_name} → {merge.kept.shown_name}",
)  # fmt: skip
