"""The acts of stories and tips: a story by consent is written by one and shown by another, and is gone when the home says so; a tip is given to one person, sealed."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.fields import searched
from wanjia.orgs.models import Area, User
from wanjia.policy import appraisal as policy
from wanjia.registry.models import Household
from wanjia.verdict import Conflict, Refused

from ..appraisal.commands import ON_A_DAY, SPOKEN
from ..appraisal.rules import is_heard, keeps, says_nothing_of
from ..appraisal_states import STORY, TIP, Spoken
from ..bodies.homes import asked_village, is_home_of, to_choose
from ..duties import Duty
from ..models import RoleStory, Tip
from . import queries, rules
from .subjects import STORIES, TIPS

KEEPS, REVIEWS = {"duty": Duty.KEEP_APPRAISAL}, {"duty": Duty.REVIEW_APPRAISAL}
SEALED = {"call": None, "because": "a tip is sealed for one person, and told at a screen"}


@act(STORIES, "story_new", at="new", words=_("写典型故事"), done=_("已写好,等另一个人核对。"), **KEEPS, may=keeps, new=True, lines={"role_story.write": _("写典型故事")})
def write_story(
    *, by, at,
    home: Annotated[Household, Asked(_("哪一户"), **to_choose(Duty.KEEP_APPRAISAL))],
    called: Annotated[str, Asked(_("公示的称呼"), _("照本户愿意的写。"), least=2, most=40)],
    title: Annotated[str, Asked(_("标题"), least=2, most=40)],
    words: Annotated[str, Asked(_("故事"), _("念给本户听过、本户同意的话。不写孩子、疾病、欠债、穷富。"), rows=5, least=10, most=400)],
    consent: Annotated[Spoken, Asked(_("怎么同意的"), _("随时可以撤回,撤回当时就撤下。"))],
    consented_on: Annotated[date, Asked(_("哪天同意的"), initial=lambda _row, _actor, day: day)],
    heard: Annotated[str, Asked(SPOKEN, _("当面说的要写,例如:户主答应,小组长在场。"), most=80)] = "",
):  # fmt: skip
    """Write a story of a home (典型故事) in words that were read to it and that it agreed to; shown by another hand."""
    is_home_of(by, home, Duty.KEEP_APPRAISAL).or_raise()
    if consented_on > today(at):
        raise Refused(ON_A_DAY)
    is_heard(consent, heard).or_raise()
    for text in (called, title, words):
        says_nothing_of(text, policy.STORY).or_raise()
    one = RoleStory.objects.create(
        village_id=home.village_id, home=home, called=called.strip(), title=title.strip(), words=words.strip(), consent=consent, consented_on=consented_on, heard=heard.strip(), written_at=at, written_by_id=by.id,
    )  # fmt: skip
    journal.record(act="role_story.write", subject=one, by=by, at=at, area_code=one.village_id, consent=consent)
    return one


@act(STORIES, "story_show", at="show", words=_("核对同意书,公布"), done=_("已公布,一年以后自己落下。"), **REVIEWS, may=rules.can_show, rank=10, lines={"role_story.show": _("公布典型故事")})
def show_story(role_story, *, by, at):
    """Show a story (公布), by another hand; for a year."""
    role_story.shown_on, role_story.shown_by_id = today(at), by.id
    role_story.until_on = policy.last_day(today(at), policy.in_force(today(at)).story_days)
    journal.move(role_story, STORY, "show", by=by, at=at, saving=["shown_on", "until_on", "shown_by"], area_code=role_story.village_id)
    return role_story


@act(STORIES, "story_withdraw", at="withdraw", words=_("撤下"), done=_("已撤下,公开栏上马上没有了。"), **KEEPS, may=rules.can_withdraw, rank=20, tone="quiet", lines={"role_story.withdraw": _("撤下典型故事")})
def withdraw_story(role_story, *, by, at):
    """Take a story down (撤下): the home says so, and no reason is asked."""
    role_story.withdrawn_on = today(at)
    journal.move(role_story, STORY, "withdraw", by=by, at=at, saving=["withdrawn_on"], area_code=role_story.village_id)
    return role_story


@act(TIPS, "tip_new", at="new", words=_("替人带一句话"), done=_("已封好,只有交给的那个人看得到。"), **KEEPS, may=keeps, new=True, then=queries.to_tips, lines={"tip.give": _("替人带一句话")}, **SEALED)
def give_tip(
    *, by, at,
    village: Annotated[Area, asked_village(Duty.KEEP_APPRAISAL)],
    to: Annotated[User, Asked(_("交给谁"), _("交给一个人去看,不贴墙、不进群。"), named=lambda *_asked: User.objects.filter(is_active=True), **searched(queries.people_around, lambda one: one.name))],
    words: Annotated[str, Asked(_("反映什么"), _("封存。写完以后您自己也看不到。"), rows=3, least=4, most=400)],
    teller: Annotated[str, Asked(_("谁反映的"), _("不愿意说的空着,一样去看。封存。"), most=40, attrs={"autocomplete": "off"})] = "",
):  # fmt: skip
    """Give what somebody told to one named person (有人反映): sealed for that person alone, whoever wrote it down opens it no more."""
    rules.may_have(to, village.pk, by.id, at).or_raise()
    one = Tip(village=village, to=to, words=words.strip(), teller=teller.strip(), told_on=today(at), told_at=at, told_by_id=by.id)
    one.save(force_insert=True)
    journal.record(act="tip.give", subject=one, by=by, at=at, area_code=village.pk)
    return one


@act(TIPS, "tip_pass", at="pass", words=_("转给另一个人"), done=_("已转交,您这里看不到了。"), duty=Duty.HEAR_TIPS, may=rules.can_open, aside=True, rank=30, then=queries.to_tips, lines={"tip.pass": _("转交反映")}, **SEALED)
def pass_tip(tip, *, by, at, to: Annotated[User, Asked(_("交给谁"), named=lambda *_asked: User.objects.filter(is_active=True), **searched(queries.people_around, lambda one: one.name))]):
    """Hand a tip on to another person (转交): from then on that person's alone."""
    rules.may_have(to, tip.village_id, tip.told_by_id, at).or_raise()
    if not Tip.objects.filter(pk=tip.pk, version=tip.version).update(to=to, version=tip.version + 1):
        raise Conflict()
    tip.refresh_from_db()
    journal.record(act="tip.pass", subject=tip, by=by, at=at, area_code=tip.village_id)
    return tip


@act(TIPS, "tip_close", at="close", words=_("看过了"), done=_("已记下。"), duty=Duty.HEAR_TIPS, may=rules.can_open, rank=10, lines={"tip.close": _("反映看过了")}, **SEALED)
def close_tip(tip, *, by, at, found: Annotated[str, Asked(_("看了怎样"), _("亲自去看了再写。封存。要告知那一户的,到“待改进”当面说,不提是谁反映的。"), rows=3, least=4, most=400)]):
    """Write down what the person saw with his own eyes (看过了): sealed. Nothing else refers to a tip, so nobody finds its teller by what followed."""
    tip.found, tip.closed_on = found.strip(), today(at)
    journal.move(tip, TIP, "close", by=by, at=at, saving=["found", "closed_on"], area_code=tip.village_id)
    return tip
