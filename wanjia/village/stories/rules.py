"""Who writes a story and who shows it; who gives a tip to whom, and who alone opens it; and why not."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.models import Post, User
from wanjia.orgs.second_person.hands import is_one_person
from wanjia.verdict import first_refusal

from ..appraisal.rules import another_hand, kept, reviewed
from ..appraisal_states import StoryState, TipState
from ..duties import CARRIES, Duty
from ..models import RoleStory, Tip

NOT_YOURS = _("只有交给的那个人能看、能办。")
NOT_HERE = _("要交给本村或者乡镇在岗的一个人。")
NOT_WRITER = _("谁写下的不能交给谁,请交给另一个人。")


def visible_stories(actor, *, duty=Duty.SEE_VILLAGE):
    """The stories of villages in reach: what is shown, and for whoever writes or shows them there what waits and what came down."""
    works = scope.in_reach(actor, area="village_id", duty=Duty.KEEP_APPRAISAL) | scope.in_reach(actor, area="village_id", duty=Duty.REVIEW_APPRAISAL)
    return RoleStory.objects.filter(scope.in_reach(actor, area="village_id", duty=duty)).filter(Q(state=StoryState.SHOWN) | works)


def works_on(actor, one):
    """Tell whether the actor writes or shows the stories of this one's village."""
    return scope.covers(actor, one.village_id, duty=Duty.KEEP_APPRAISAL) or scope.covers(actor, one.village_id, duty=Duty.REVIEW_APPRAISAL)


def visible_tips(actor, *, duty=Duty.HEAR_TIPS):
    """The tips that were given to the actor, and to nobody else: not whoever wrote one down, not the township, not the county. Of somebody who has left, those who look at appraisals in that place."""
    gone = Q(to__is_active=False) | ~Exists(Post.objects.filter(user=OuterRef("to"), to_on=None))
    left = gone & scope.in_reach(actor, area="village_id", duty=Duty.REVIEW_APPRAISAL)
    return Tip.objects.filter(scope.in_reach(actor, area="village_id", duty=duty)).filter(Q(to=actor.id) | left & ~Q(told_by=actor.id))


def can_show(actor, one, at):
    """May the actor show a story: another hand than wrote it and its consent."""
    return first_refusal(
        *reviewed(actor, one.village_id), (one.state == StoryState.WRITTEN, _("这一篇已经公布或者撤下。")),
        *another_hand(actor, {one.written_by_id}, at, _("谁写的谁不能公布,请另一个人核对同意书后公布。")),
    )  # fmt: skip


def can_withdraw(actor, one):
    """May the actor take a story down: at any time."""
    return first_refusal(*kept(actor, one.village_id), (one.state != StoryState.WITHDRAWN, _("已经撤下。")))


def people_for(village_id):
    """Return whom a tip may be given to: who hears tips in an office of the village or of its township."""
    roles = [role for role, carried in CARRIES.items() if Duty.HEAR_TIPS in carried]
    near = Q(organisation__area_id=village_id) | Q(organisation__area__children=village_id)
    posts = Post.objects.filter(near, role__in=roles, to_on=None, user__is_active=True)
    return User.objects.filter(pk__in=posts.values("user"))


def may_have(person, village_id, writer_id, at):
    """Decide whether somebody may be given a tip of a village: whoever wrote it down opens it no more, by no account."""
    return first_refusal((people_for(village_id).filter(pk=person.pk).exists(), NOT_HERE), (not is_one_person(person, writer_id, at), NOT_WRITER))


def can_open(actor, one):
    """May the actor do something with a tip: to whom it was given, while it waits."""
    return first_refusal((visible_tips(actor).filter(pk=one.pk).exists(), NOT_YOURS), (one.state == TipState.WAITS, _("这一件已经看过。")))
