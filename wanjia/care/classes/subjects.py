"""What the acts of classes are about: a class, a place on its roll, an adult who fetches, a session, a child of a session."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..locking import locked_within
from ..models import CareClass, Collector, Enrolment, Presence, Session
from . import rules

OVER = ("care:classes", _("四点半、周末课堂"))
CLASSES = Subject(
    "care_class", "care.careclass", "care/classes", seen=lambda actor, duty: rules.visible_classes(actor, duty=duty).select_related("area", "unit", "leader"),
    take=locked(CareClass, "area", "unit", "leader"), page="care:care_class", over=OVER, about=lambda one: one.name,
    drafts=False,  # whom somebody puts on a roll is a child: its name and four digits lie on no device
)  # fmt: skip
ENROLMENTS = Subject(
    "enrolment", "care.enrolment", "care/enrolments", seen=lambda actor, duty: rules.visible_enrolments(actor, duty=duty).select_related("care_class", "child"),
    take=locked_within(CareClass, "roll", Enrolment, "care_class", "child"), page="care:care_class", of=lambda one: one.care_class, over=OVER, about=lambda one: one.child.shown_name,
    drafts=False,
)  # fmt: skip
COLLECTORS = Subject(
    "collector", "care.collector", "care/collectors", seen=lambda actor, duty: rules.visible_collectors(actor, duty=duty).select_related("child"),
    take=locked(Collector, "child"), look=looked(Collector, "child"), page="", over=OVER, about=lambda one: f"{one.child.shown_name} · {one.relation}", drafts=False,
)  # fmt: skip
SESSIONS = Subject(
    "session", "care.session", "care/sessions", seen=lambda actor, duty: rules.visible_sessions(actor, duty=duty).select_related("care_class__leader"),
    take=locked(Session, "care_class__leader"), look=looked(Session, "care_class__leader"), page="care:session", over=OVER, about=lambda one: f"{one.care_class.name} {one.day}", drafts=False,
)  # fmt: skip
PRESENCES = Subject(
    "presence", "care.presence", "care/presences", seen=lambda actor, duty: rules.visible_presences(actor, duty=duty).select_related("session__care_class", "child"),
    take=locked_within(Session, "roll", Presence, "session__care_class", "child"), page="care:session", of=lambda one: one.session, over=OVER, about=lambda one: one.child.shown_name,
    drafts=False,
)  # fmt: skip
