"""Who draws up a by-law, checks it, puts it to the vote, brings it in force, stops it; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.models import Entry
from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.policy import bylaws as policy
from wanjia.verdict import first_refusal

from ..bodies.rules import NO_DUTY, mine
from ..bylaw_states import VersionState
from ..duties import Duty
from ..models import BylawVersion, PublicNotice
from ..rules import duty_in
from ..states import DECIDED, ItemState, Opinion

NO_CHECK = _("您的岗位没有审核制度的权限,由乡镇备案人员办理。")
NOT_A_DRAFT = _("这一版不是草案,不能再改。要改的另拟一版。")
AGAINST = _("第 %(n)s 条里的“%(said)s”不合法:%(why)s(%(source)s)。改了再送审。")
AGAINST_NAME = _("名称里的“%(said)s”不合法:%(why)s(%(source)s)。换个名称。")
OTHER_HAND = _("起草、写过条文的人不能自己审核、登记施行,请另一个人办。")
NOT_THE_TEXT = _("条文和送审时不一样,不能施行,请重新送审。")


def visible_versions(actor, *, duty=Duty.SEE_VILLAGE):
    """The versions of rules of villages in reach."""
    return BylawVersion.objects.filter(scope.in_reach(actor, area="bylaw__village_id", duty=duty))


def keeps(actor, _row=None):
    """May the actor keep by-laws at all; in which village, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_MEETINGS), NO_DUTY))


def _checks(actor, version):
    return duty_in(actor, version.bylaw.village_id, Duty.FILE_DECISIONS, NO_CHECK)


def hands(version):
    """Return who drew a version up or wrote a clause of it."""
    lines = Entry.objects.filter(subject="village.bylawversion", subject_id=str(version.pk), act__in=("bylaw_version.clause", "bylaw_version.reword"))
    return {version.drawn_by_id, *lines.values_list("by_id", flat=True)}


def _another(actor, version, at):
    drew = hands(version)
    return (actor.id not in drew, OTHER_HAND), (not any(is_one_person(actor, hand, at) for hand in drew), SAME_PERSON)


def findings(version, day):
    """Return [(number of the clause, policy Finding)] of all clauses of a version, by the law of a day."""
    return [(clause.number, found) for clause in version.clauses.all() for found in policy.judge(clause.words, day)]


def can_draft(actor, version):
    """May the actor change a version: while it is a draft."""
    return first_refusal(*mine(actor, version.bylaw.village_id), (version.state == VersionState.DRAFT, NOT_A_DRAFT))


def can_submit(actor, version):
    """May the actor send a draft to the township: with clauses, and after homes were heard. What the clauses say, the act reads."""
    return first_refusal(
        *mine(actor, version.bylaw.village_id), (version.state == VersionState.DRAFT, NOT_A_DRAFT), (version.heard_until is not None, _("先征求各户的意见,把大家怎么说的记下来。")),
        (version.clauses.exists(), _("还没有一条条文。")),
    )  # fmt: skip


def breaks_no_law(version, day):
    """Decide whether no clause of a version says what the law of a day forbids outright."""
    number, found = next(((n, one) for n, one in findings(version, day) if one.grade == policy.STOP), (0, None))
    said = {"n": number, "said": found.said, "why": found.why, "source": found.source} if found else {}
    return first_refusal((found is None, AGAINST % said if said else AGAINST))


def may_be_called(name, day):
    """Decide whether a rule may be called so: its name stands on the public board, and is read as a clause is."""
    found = next((one for one in policy.judge(name, day) if one.grade == policy.STOP), None)
    return first_refusal((found is None, AGAINST_NAME % {"said": found.said, "why": found.why, "source": found.source} if found else AGAINST_NAME))


def can_check(actor, version, at):
    """May the actor say whether a draft keeps the law: another hand than drew it up."""
    return first_refusal(*_checks(actor, version), (version.state == VersionState.SUBMITTED, _("这一版没有送审,或者已经审核过。")), *_another(actor, version, at))


def can_put(actor, version):
    """May the actor put a version to the vote: checked, and not voted on yet."""
    return first_refusal(
        *mine(actor, version.bylaw.village_id), (version.state == VersionState.CHECKED, _("乡镇审核通过以后才提交表决。")),
        (version.item_id is None, _("这一版已经表决过,按表决改了条文,等乡镇登记施行。")),
    )  # fmt: skip


def decided_as(version):
    """Return the last item of a version's vote, with what was put off, sent on or sent back; None where it was put to none."""
    item = version.item
    while item is not None and (following := item.went_on.select_related("body", "meeting").first()) is not None:
        item = following
    return item


def _reworded_since(version, item):
    """Tell whether the clauses were opened to be written as a meeting has them after it decided this item."""
    lines = Entry.objects.filter(subject="village.bylawversion", subject_id=str(version.pk), act="bylaw_version.reword", at__gte=item.decided_at)
    return lines.exists()


def can_reword(actor, version):
    """May the actor write the clauses as the meeting changed them; what was written so and sent back is written once more as the last vote has it."""
    item = decided_as(version)
    voted = version.state == VersionState.VOTED_ON or (version.state == VersionState.CHECKED and item is not None)
    changed = item is not None and (item.state == ItemState.AMENDED if version.state == VersionState.VOTED_ON else item.state in DECIDED and not _reworded_since(version, item))
    return first_refusal(*mine(actor, version.bylaw.village_id), (voted, _("这一版没有提交表决。")), (changed, _("只有“修改后通过”的才照表决改条文。")))


def _is_published(item):
    filing = getattr(item, "filing", None) if item is not None else None
    return (
        (filing is not None, _("表决以后还没有报备。")), (filing is None or filing.opinion != Opinion.CORRECTED, _("乡镇责令改正的决定不能施行。")),
        (PublicNotice.objects.filter(item=item, withdrawn_on=None).exists() if item is not None else False, _("还没有公布,先公示。")),
    )  # fmt: skip


def can_adopt(actor, version, at):
    """May the actor bring a version in force: voted on as it stands, filed and put up, its text what was checked; by another hand than drew it up."""
    item = decided_as(version)
    as_it_stands = item is not None and (
        (version.state == VersionState.VOTED_ON and item.state == ItemState.PASSED)
        or (version.state == VersionState.CHECKED and item.state in DECIDED and _reworded_since(version, item))
    )
    return first_refusal(
        *_checks(actor, version), (version.state in (VersionState.VOTED_ON, VersionState.CHECKED), _("这一版没有审核、表决,或者已经施行。")),
        (item is not None and item.state in DECIDED, _("会议还没有通过这一版。")), (as_it_stands, _("会上作了修改,先照表决改条文,再送审。")), *_is_published(item), *_another(actor, version, at),
    )  # fmt: skip


def can_suspend(actor, version):
    """May the actor stop a rule that is in force: the township orders its correction (组织法第三十一条)."""
    return first_refusal(*_checks(actor, version), (version.state == VersionState.IN_FORCE, _("这一版不在施行。")))


def can_resume(actor, version):
    """May the actor let a rule that was stopped be in force again."""
    return first_refusal(*_checks(actor, version), (version.state == VersionState.SUSPENDED, _("这一版没有停止执行。")))


def can_drop(actor, version):
    """May the actor give a version up: until it was decided."""
    item = decided_as(version)
    open_ones = (VersionState.DRAFT, VersionState.CHECKED, VersionState.VOTED_ON)
    return first_refusal(
        *mine(actor, version.bylaw.village_id), (version.state in open_ones, _("这一版在乡镇审核,或者已经施行过、不用了。")),
        (item is None or item.state not in DECIDED, _("会议已经通过,不能不用。要改的另拟一版。")),
    )  # fmt: skip


