"""The accounts that an administrator keeps, and what each of them holds."""

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry
from wanjia.orgs.carried import DUTIES, EVERY
from wanjia.orgs.roles import EXCLUSIVE, Role

from ..lines import words_of
from ..models import Post, User
from . import rules


def users(actor, *, words="", role="", locked=False, day):
    """The accounts that the actor keeps, with their posts of `day`, narrowed by name, account or unit, role, locked."""
    found = rules.visible_users(actor)
    if words:
        units = Post.objects.filter(organisation__name__icontains=words).values("user_id")
        found = found.filter(Q(name__icontains=words) | Q(username__icontains=words) | Q(pk__in=units))
    if role:
        found = found.filter(pk__in=Post.objects.on(day).filter(role=role).values("user_id"))
    if locked:
        found = found.filter(is_active=False)
    posts = Post.objects.on(day).select_related("organisation__area")
    return found.prefetch_related(Prefetch("posts", posts, to_attr="held"))


def as_of_now(actor):
    """Return the actor with the posts held at this moment: for work that goes on long after it was asked for. The installer stays who he is."""
    return actor if actor.id is None else User.objects.get(pk=actor.pk)


def read_posts(people):
    """Read what each of many people holds today in one question: asked one by one, each is a question of its own."""
    posts = Post.objects.on(today(timezone.now())).select_related("organisation__area", "area").order_by("from_on", "pk")
    prefetch_related_objects(people, Prefetch("posts", posts, to_attr="held"))
    for user in people:
        user.__dict__["live_posts"] = user.held if user.is_active else []


def posts_of(user):
    """All posts of a person, those still held first."""
    return user.posts.select_related("organisation__area", "area").order_by("to_on", "-from_on")


def acts_of(user):
    """Return the journal lines about an account, the newest first."""
    return Entry.objects.filter(subject="orgs.user", subject_id=str(user.pk)).order_by("-seq")


def told(lines):
    """Return what a timeline shows of journal lines, each with what its act is called."""
    return [{"at": line.at, "by": line.by_name, "org": line.by_org, "text": line.reason, "words": words_of(line.act)} for line in lines]


def table_of_roles():
    """Return ([(duty, [whether each role carries it])], [(role, roles that exclude it)])."""
    rows = [(duty, [duty in DUTIES[role] for role in Role]) for duty in EVERY]
    apart = [(role, [other for other in Role if {role, other} in EXCLUSIVE]) for role in Role]
    return rows, [(role, others) for role, others in apart if others]
