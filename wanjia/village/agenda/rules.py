"""Who sees an item, who puts it on an agenda, who writes down what was decided; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.policy import meetings as law
from wanjia.verdict import first_refusal

from ..bodies.rules import ENDED, mine
from ..duties import Duty
from ..meetings import verdict
from ..meetings.rules import is_told_in_time
from ..models import AgendaItem
from ..rules import duty_in
from ..states import DECIDED, ItemState, MeetingState, Ruling

NOT_WAITING = _("这个议题已经列入议程或者有了结论。")
SIGNED_FOR = _("这个议题是联名提出来的,议题和内容照名单上签的,不能改。")
NOT_HERE = _("这个议题是表决制度的,这里不能改:条文在制度里改,改了重新送审。")
NOT_ON = _("这个议题没有列入议程,或者已经有了结论。")
NOT_OPEN = _("会议没有在开,不能记录发言和结论。")
RESERVED = _("“%(matter)s”不能由%(body)s决定,请用“转其他会议”提交给%(to)s(%(source)s)。")
TOO_MANY = _("票数 %(votes)s 比到会的 %(there)s 多。")
NOT_ENOUGH = _("同意 %(votes)s,要 %(must)s 才算通过(%(source)s)。")
ENOUGH = _("同意 %(votes)s 已经够了 %(must)s,不能记成不通过。")
MARKED = _("已经标成须提交的事项,一个人不能改。确实不属于的,请乡镇备案人员核定。")
NO_FREE = _("您的岗位没有核定的权限,由乡镇备案人员办理。")
NO_VOTES = _("暂缓的不记票数。")


def visible_items(actor, *, duty=Duty.SEE_VILLAGE):
    """The items of bodies of the villages of these posts."""
    return AgendaItem.objects.filter(scope.in_reach(actor, area="body__area_id", duty=duty))


def can_put(actor, item):
    """May the actor put an item on an agenda."""
    return first_refusal(*mine(actor, item.body.area_id), (item.state == ItemState.PROPOSED, NOT_WAITING), (item.body.to_on is None, ENDED))


def is_of_a_bylaw(item):
    """Tell whether an item, or the one it goes on from, is the vote on a version of a rule."""
    while item is not None and not hasattr(item, "bylaw_version"):
        item = item.came_from
    return item is not None


def can_change(actor, item):
    """May the actor change an item: before it was decided; never what is voted on of a by-law, whose text the township checked."""
    return first_refusal(*mine(actor, item.body.area_id), (item.state in (ItemState.PROPOSED, ItemState.ON_AGENDA), NOT_WAITING), (not is_of_a_bylaw(item), NOT_HERE))


def keeps_its_words(item, title, words):
    """Decide whether an item says still what villagers signed for, where they asked for it by a list (联名提议): nobody writes something else over their names."""
    same = (title.split(), words.split()) == (item.title.split(), item.words.split())
    while not same and item is not None and not hasattr(item, "asked_for_by"):
        item = item.came_from
    return first_refusal((same or item is None, SIGNED_FOR))


def may_mark(item):
    """Decide whether an item may be marked as another matter by whoever keeps the agenda: once it is marked, only the township's hand takes that off."""
    return first_refusal((not item.matter, MARKED))


def can_free(actor, item, at):
    """May the actor say that an item is no reserved matter: the township's filing hand, another person than brought it, before it was decided."""
    return first_refusal(
        *duty_in(actor, item.body.area_id, Duty.FILE_DECISIONS, NO_FREE),
        (item.state in (ItemState.PROPOSED, ItemState.ON_AGENDA), NOT_WAITING), (item.matter, _("这个议题没有标成须提交的事项。")), (not is_one_person(actor, item.proposed_by_id, at), SAME_PERSON),
    )


def can_take_off(actor, item):
    """May the actor take an item off an agenda: before it was decided."""
    return first_refusal(*mine(actor, item.body.area_id), (item.state == ItemState.ON_AGENDA, NOT_ON))


def can_note(actor, item):
    """May the actor write down what is said, while the meeting runs."""
    running = item.meeting is not None and item.meeting.state == MeetingState.OPENED
    return first_refusal(*mine(actor, item.body.area_id), (item.meeting_id, NOT_ON), (running, NOT_OPEN))


def can_decide(actor, item):
    """May the actor write down what was decided: an item of a meeting that is open, to which enough came."""
    running = item.state == ItemState.ON_AGENDA and item.meeting.state == MeetingState.OPENED
    enough = verdict.may_decide(item.meeting, item.matter) if running else None
    return first_refusal(
        *mine(actor, item.body.area_id), (item.state == ItemState.ON_AGENDA, NOT_ON), (running, NOT_OPEN), (enough, enough.reason if enough is not None else NOT_OPEN),
    )  # fmt: skip


def can_send_on(actor, item):
    """May the actor send an item to another body: what is reserved to one, before it was decided."""
    return first_refusal(*mine(actor, item.body.area_id), (item.state in (ItemState.PROPOSED, ItemState.ON_AGENDA), NOT_WAITING))


def may_rule(item, kind_words):
    """Decide whether this body may decide an item at all: what is reserved on the day of its meeting goes to whom it is reserved. kind_words: kind of a body → its words."""
    found = law.matter(item.matter, item.meeting.day) if item.matter else None
    words = {"matter": found.words, "body": item.body.get_kind_display(), "to": "、".join(str(kind_words(one)) for one in found.to), "source": found.source} if found else {}
    return first_refusal((found is None or item.body.kind in found.to, RESERVED % words if words else RESERVED))


def was_told(item):
    """Decide whether the notice of the meeting was early enough for this matter: one with a rule of its own (a removal) may ask for more than its meeting does."""
    held = item.meeting
    return is_told_in_time(verdict.rule_of(held, item.matter), held.told_on, held.day, held.urgent)


def may_stand(item, ruling, votes, against, abstain):
    """Decide whether votes bear out what is written down: no more than are there; passed by enough, rejected by fewer."""
    there, found = item.meeting.there, verdict.standing(item.meeting, item.matter)
    total, must = votes + against + abstain, found.agree
    passes = ruling in (Ruling.PASS, Ruling.AMEND)
    return first_refusal(
        (ruling != Ruling.DEFER or not total, NO_VOTES),
        (total <= there, TOO_MANY % {"votes": total, "there": there}),
        (not passes or votes >= must, NOT_ENOUGH % {"votes": votes, "must": must, "source": found.rule.source}),
        (ruling != Ruling.REJECT or votes < must, ENOUGH % {"votes": votes, "must": must}),
    )


def can_tell_done(actor, item):
    """May the actor tell how a decision was carried out."""
    return first_refusal(*mine(actor, item.body.area_id), (item.state in DECIDED, _("只有通过的决定登记落实情况。")), (item.done_on is None, _("落实情况已经登记过。")),
                         (not item.went_on.exists(), _("这个决定已经退回再议。")))  # fmt: skip
