"""A small world of by-laws: 大同村 has a rule on frontage in any state, a road that goes step by step, a villager's proposal, water that is wasted."""

from datetime import timedelta

from wanjia.kernel.calendar import today
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User

from ..bylaw_states import ProblemState, ProposalState, Step, StepState, VersionState
from ..bylaws.queries import digest_of
from ..models import AgendaItem, Bylaw, BylawSpell, BylawVersion, Meeting, Problem, Proposal, StepMatter, StepRecord, StepResult
from ..states import MeetingState
from .factories import body, filing, item, meeting, posted, signed

DAY = today(MONDAY)
CLAUSE = "各户门前包卫生、包绿化、包秩序,做不到的邻居帮一把。"
V = VersionState
WAY = [V.DRAFT, V.SUBMITTED, V.CHECKED, V.VOTED_ON, V.IN_FORCE, V.SUSPENDED]


def who(user, at=MONDAY):
    """Who does it, and when."""
    return {"by": User.objects.get(pk=user.pk), "at": at}


def second(world):
    """The village's other account."""
    return User.objects.get(username="datong2")


def vote(world, state="item_passed", title="表决《门前三包》第 1 版"):
    """The representatives' vote, its minutes signed, filed and put up."""
    held = meeting(world, MeetingState.OPENED, of=body(world, "representatives", seats=9), came=7)
    one = item(world, state, at=held, title=title)
    Meeting.objects.filter(pk=held.pk).update(state=MeetingState.CLOSED, closed_at=MONDAY, closed_by=world.visitor)
    signed(held)
    one = AgendaItem.objects.select_related("body__area", "meeting__body").get(pk=one.pk)
    if state in ("item_passed", "item_amended"):
        posted(world, filing(world, one).item)
    return one


def version(world, state=V.DRAFT, *, kind="frontage", name="门前三包", passed="item_passed", **facts):
    """A version of the rule, moved as far as its state; drawn up by the village's other account."""
    bylaw = Bylaw.objects.get_or_create(village=world.datong, kind=kind, defaults={"name": name})[0]
    found = BylawVersion.objects.filter(bylaw=bylaw, state=state).first()
    if found is not None:
        return found
    serial = BylawVersion.objects.filter(bylaw=bylaw).count() + 1
    one = BylawVersion.objects.create(**{"bylaw": bylaw, "serial": serial, "drawn_at": MONDAY, "drawn_by": second(world), "heard_until": DAY, "heard_homes": 40, "heard_words": "都赞成"} | facts)
    one.clauses.create(number=1, words=CLAUSE)
    rows, way = BylawVersion.objects.filter(pk=one.pk), WAY[: WAY.index(state) + 1]
    for step in way[1:]:
        rows.update(**_facts(world, one, step, passed), state=step)
    if V.IN_FORCE in way:
        BylawSpell.objects.create(bylaw=bylaw, of=one, from_on=DAY - timedelta(days=9), to_on=DAY - timedelta(days=1) if state == V.SUSPENDED else None)
    return BylawVersion.objects.select_related("bylaw__village", "item__body", "item__meeting").get(pk=one.pk)


def _facts(world, one, step, passed):
    if step == V.VOTED_ON:
        return {"item": vote(world, passed, title=f"表决《门前三包》第 {one.serial} 版")}
    return {
        V.SUBMITTED: {"digest": digest_of(one)}, V.CHECKED: {"checked_on": DAY, "checked_by": world.clerk, "check_words": "合法"}, V.IN_FORCE: {"adopted_at": MONDAY, "adopted_by": world.clerk},
        V.SUSPENDED: {"stopped_words": "第 1 条违反行政处罚法第十六条"},
    }[step]  # fmt: skip


S = StepState
STEPS_WAY = [S.BEGUN, S.BRANCH, S.COMMITTEES, S.PARTY, S.DECIDED, S.TOLD, S.ENDED]
RECORDS = {S.BRANCH: Step.BRANCH, S.COMMITTEES: Step.COMMITTEES, S.PARTY: Step.PARTY}
NUMBERS = {"due": 9, "present": 7, "votes_for": 6, "votes_against": 1, "votes_abstain": 0}


def matter(world, state=S.BEGUN):
    """The road of the second group, taken as far as its state; its result told by the village's other account."""
    one = StepMatter.objects.filter(village=world.datong, state=state).first()
    if one is not None:
        return one
    one = StepMatter.objects.create(village=world.datong, title="二组入户路硬化", words="硬化八百米,花四万元,用集体收入。", begun_at=MONDAY, begun_by=world.visitor)
    for step in STEPS_WAY[1 : STEPS_WAY.index(state) + 1]:
        facts = {"item": vote(world, title="二组入户路硬化")} if step == S.DECIDED else {}
        StepMatter.objects.filter(pk=one.pk).update(**facts, state=step)
        if step in RECORDS:
            StepRecord.objects.create(matter=one, step=RECORDS[step], day=DAY - timedelta(days=3), opinion="同意", told_at=MONDAY, **NUMBERS)
        if step == S.TOLD:
            StepResult.objects.create(matter=one, fen=4_000_000, contractor="本村村民", words="硬化八百米", done_on=DAY, told_at=MONDAY, told_by=second(world))
        if step == S.ENDED:
            StepResult.objects.update(accepted=True, accept_words="到现场看过,一样长", accepted_on=DAY, until_on=DAY + timedelta(days=14), accepted_by=world.clerk)
    return StepMatter.objects.get(pk=one.pk)


def proposal(world, state=ProposalState.WAITING, **facts):
    """Somebody says that lamps are broken."""
    serial = Proposal.objects.count() + 1
    given = {"village": world.datong, "year": 2026, "serial": serial, "words": "三组路灯坏了三盏", "name": "吉有福", "way": "page", "secret": f"ABCD23{serial:02}", "told_on": DAY, "due_on": DAY + timedelta(days=30), "told_at": MONDAY}
    one = Proposal(**given | facts)
    one.save(force_insert=True)
    if state != ProposalState.WAITING:
        put = {"item": item(world, title="场坝路灯坏了三盏")} if state == ProposalState.TAKEN_UP else {}
        answer = {"title": "路灯坏了", "answer": "已经报给电力公司,三天内修", "answered_on": DAY, "answered_at": MONDAY, "answered_by": second(world)}
        Proposal.objects.filter(pk=one.pk).update(**put, **answer, state=state)
    return Proposal.objects.select_related("village", "item__body").get(pk=one.pk)


Q = ProblemState


def problem(world, state=Q.OPEN):
    """Water is wasted; what was felt was noted by the village's other account."""
    one = Problem.objects.create(village=world.datong, title="饮水浪费", words="水管漏了一个月,二十户没有水。", source="meeting", raised_on=DAY - timedelta(days=5), raised_at=MONDAY)
    rows = Problem.objects.filter(pk=one.pk)
    if state != Q.OPEN:
        done = vote(world, title="饮水管护")
        AgendaItem.objects.filter(pk=done.pk).update(done_on=DAY, done_words="水管换了")
        rows.update(item=done, state=Q.PUT)
    if state in (Q.FELT, Q.CLOSED):
        rows.update(state=Q.FELT, effect="水够了", effect_on=DAY, asked=20, better=18, effect_at=MONDAY, effect_by=second(world))
    if state == Q.CLOSED:
        rows.update(state=Q.CLOSED, closed_on=DAY, closed_at=MONDAY, closed_by=world.clerk)
    return Problem.objects.select_related("village", "item__body").get(pk=one.pk)
