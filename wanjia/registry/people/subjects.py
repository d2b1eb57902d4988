"""What the acts on people are about: somebody, a child, its file, an absence."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.verdict import Refused

from ..models import Absence
from .rules import person_for, visible_people


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
CHILDREN = replace(PEOPLE, key="child", drafts=False)
FILES = replace(CHILDREN, root="children", page="registry:child_file", over=("registry:children", _("特殊群体儿童")))


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
