"""What the acts of the register are about."""

from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.kernel.calendar import today
from wanjia.verdict import NotFound, Refused

from .duplicates.queries import merges
from .households.rules import household_for, visible_households
from .importing.rules import known_headers, visible_uploads
from .models import Absence, DatedStatus, KnownHeader, Membership, Merge, Upload
from .people.rules import person_for, visible_people
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


def _people_seen(actor, *, duty):
    return visible_people(actor, duty=duty).select_related("village__parent", "merged_into")


def _person(person_id, at, *, by, duty):
    return person_for(by, person_id, duty=duty[0]), at


def _look(person_id, *, by, duty):
    return person_for(by, person_id, duty=duty[0])


def _shown_name(person):
    return person.shown_name


# Somebody of the register; a child, of whom acts speak as one; and a child's file, whose addresses are its own.
PEOPLE = Subject(
    "person", "registry.person", "people", seen=_people_seen, take=_person, look=_look, page="registry:person", about=_shown_name,
    over=("registry:people", _("人员")),
)  # fmt: skip
CHILDREN = replace(PEOPLE, key="child")
FILES = replace(CHILDREN, root="children", page="registry:child_file", over=("registry:children", _("特殊群体儿童")))


def _members_seen(actor, *, duty):
    return Membership.objects.filter(to_on=None, household__in=visible_households(actor, duty=duty)).select_related("household", "person")


def _member(membership_id, at):
    member = Membership.objects.select_related("household", "person").filter(pk=membership_id, to_on=None).first()
    if member is None:
        raise Refused(_("这条成员关系不存在或已经终止。"))
    return member, at


MEMBERS = Subject(
    "membership", "registry.membership", "members", seen=_members_seen, take=_member, page="registry:household", id="int", word="member",
    of=lambda member: member.household, about=lambda member: f"{member.household.number} · {member.person.shown_name}",
)  # fmt: skip


def _statuses_seen(actor, *, duty):
    seen = Q(person__in=visible_people(actor, duty=duty)) | Q(household__in=visible_households(actor, duty=duty))
    return DatedStatus.objects.filter(seen).select_related("person", "household")


def _status(status_id, at, *, by, duty):
    day = today(at)
    status = DatedStatus.objects.select_related("person", "household").filter(Q(to_on=None) | Q(to_on__gt=day), pk=status_id).first()
    if status is None:
        raise Refused(_("没有这条记录,或已经终止。"))
    if status.person_id:
        person_for(by, status.person_id, duty=duty[0])
    else:
        household_for(by, status.household_id, duty=duty[0])
    return status, at


STATUSES = Subject(
    "status", "registry.datedstatus", "statuses", seen=_statuses_seen, take=_status, page="",
    about=lambda status: f"{status.scheme_words}:{status.words}",
)  # fmt: skip


def _absences_seen(actor, *, duty):
    return Absence.objects.filter(to_on=None, person__in=visible_people(actor, duty=duty)).select_related("person")


def _absence(absence_id, at, *, by, duty):
    absence = Absence.objects.select_related("person").filter(pk=absence_id, to_on=None).first()
    if absence is None:
        raise Refused(_("没有这条外出记录,或已登记返回。"))
    person_for(by, absence.person_id, duty=duty[0])
    return absence, at


ABSENCES = Subject(
    "absence", "registry.absence", "absences", seen=_absences_seen, take=_absence, page="registry:person", of=lambda absence: absence.person,
    about=lambda absence: f"{absence.person.shown_name} · {absence.place}",
)  # fmt: skip
