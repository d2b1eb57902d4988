"""What the acts of the three lines are about: a child in company, one contact, one concern."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.kernel.calendar import today
from wanjia.orgs.subjects import locked, looked
from wanjia.registry.models import Person

from ..children.rules import visible_children
from ..models import Concern, LineContact
from . import rules


def _children_seen(actor, *, duty, day=None):
    return visible_children(actor, day or today(timezone.now())).select_related("village__parent")


def _contacts_seen(actor, *, duty, day=None):
    return rules.visible_contacts(actor, day or today(timezone.now())).select_related("child", "helper")


def _concerns_seen(actor, *, duty, day=None):
    return rules.visible_concerns(actor, day or today(timezone.now())).select_related("child__village", "helper")


OVER = ("care:mine", _("我结对的孩子"))
CHILDREN = Subject(
    "child", "registry.person", "care/children", seen=_children_seen, take=locked(Person, "village"), look=looked(Person, "village"),
    page="care:child", over=OVER, about=lambda child: child.shown_name, drafts=False,
)  # fmt: skip
CONTACTS = Subject(
    "contact", "care.linecontact", "care/contacts", seen=_contacts_seen, take=locked(LineContact, "child", "helper"), page="care:child", of=lambda one: one.child, over=OVER,
    about=lambda one: f"{one.child.shown_name} · {one.get_line_display()}", drafts=False,
)  # fmt: skip
CONCERNS = Subject(
    "concern", "care.concern", "care/concerns", seen=_concerns_seen, take=locked(Concern, "child", "helper"), page="care:child", of=lambda one: one.child,
    over=("care:concerns", _("三关注")), about=lambda one: f"{one.child.shown_name} · {one.get_domain_display()} {one.on}", drafts=False,
)  # fmt: skip
