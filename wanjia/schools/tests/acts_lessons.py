"""How the acts of law in school are done rightly, and how each of their refusals is met."""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import Line, Tier
from wanjia.orgs.roles import Role
from wanjia.registry.tests.factories import unit, worker
from wanjia.solving.models import Standing

from ..lessons import commands
from ..models import LawLesson, Lecturer, LessonClosing, LessonReason, PlannedLesson, RecordQuery, School, Term, VicePrincipal
from .acts_year import far, of_another_school, stands, who
from .factories import school, term
from .lesson_factories import DAY, lecturer, lesson, planned, vice

NO_DUTY, NO_TELL, ELSEWHERE, NOT_MINE = "您的岗位没有登记法治副校长和讲师的权限。", "您的岗位没有登记法治课的权限。", "这位讲师不在您的范围。", "这所学校的法治课不由您登记。"
OUT, GONE, CLOSED, AGE = "这个单位不在您的范围。", "这位讲师已经退出。", "这个学期的法治课已经归档。", "退休的要填出生日期。"
OFFICER = "schools_officer"
TOO_OLD = "最多补记 %(n)s 天。日期更早的,写在情况里。"
NOT_CLEARED, NOT_THEN, LISTED = "这位讲师那天不能讲课:已经退出,或者背景查询不在有效期。", "那一天他不是登记的讲师。", "名册上有这位讲师:%(name)s。请从名册里选。"
NOBODY = "00000000-0000-0000-0000-000000000000"


def entering(world):
    """What is said of a lecturer who comes anew."""
    return {"name": "安检察官", "unit": world.office, "organ": "procuratorate", "legal_since": date(2015, 7, 1), "from_on": DAY}


def knows(world, **facts):
    """The lecturer is there."""
    return {"lecturer_id": lecturer(world).pk} | facts


def left(_world, _what):
    """He is gone."""
    Lecturer.objects.update(to_on=DAY, end_reason="调走")


def appointing(world, **facts):
    """He is to be vice-principal of the school from today on."""
    return knows(world, school=school(world), from_on=DAY, to_on=date(2029, 9, 1), letter="永教聘〔2026〕8号") | facts


def other_schools(world, n):
    """More schools of the township."""
    return [school(world, unit=unit(f"细沙乡第{k}小学", Tier.TOWNSHIP, world.xisha, Line.EDUCATION)) for k in "二三四五六七"[:n]]


def two_schools(world, _what):
    """He serves at two others already."""
    for one in other_schools(world, 2):
        vice(world, school=one)


def crowded(world, _what):
    """Five serve at the school already."""
    for n in range(5):
        vice(world, lecturer=lecturer(world, f"第{n}位"))


def retired(**facts):
    """He is retired, and so old."""

    def before(_world, _what):
        Lecturer.objects.update(**{"retired_on": date(2026, 1, 1), "born_on": date(1965, 12, 1)} | facts)

    return before


def second_term(world, what):
    """He served a term after he retired."""
    retired(retired_on=date(2020, 1, 1))(world, what)
    vice(world, from_on=date(2021, 1, 1), to_on=date(2024, 1, 1))


def twice(world, what):
    """It was done already, and taken back: the letter stands."""
    VicePrincipal.objects.create(lecturer=lecturer(world), school=what["school"], from_on=DAY, to_on=DAY, letter="旧", appointed_at=MONDAY, end_reason="写错")


def serving(world):
    """He serves."""
    return {"vice_principal_id": vice(world).pk, "reason": "工作调动"}


def telling(world, **facts):
    """What is said of a lesson."""
    term(world)
    return stands(world, day=DAY, occasion="lesson", topic="net", grades=[5, 6], lecturer=lecturer(world), heard=90, way="phone", hours=1) | facts


def told(world, **facts):
    """A lesson stands, with slips that went out."""
    return {"law_lesson_id": lesson(world, slips=80).pk} | facts


def taken_back(_world, _what):
    """It was taken back."""
    LawLesson.objects.update(taken_back_at=MONDAY, taken_back_because="记错了")


def why_not(world, **facts):
    """A reason is to be written."""
    return stands(world, term=term(world), words="讲师生病,下月补上") | facts


def closing(world):
    """The term nears its end, and the school had a lesson."""
    lesson(world)
    return {"term_id": term(world).pk}


def closed(world, _what):
    """The term was closed."""
    if not LawLesson.objects.exists():
        LessonReason.objects.create(school=school(world), term=term(world), words="讲师生病", written_at=MONDAY)
    Term.objects.update(to_on=DAY + timedelta(days=5))
    commands.close_term(term_id=term(world).pk, **who(world))


def abroad(_world):
    """Somebody in charge of schools in another county."""
    return worker("yuanxuean", "远学安", unit("东川区教育体育局", Tier.COUNTY, far(), Line.EDUCATION), Role.SCHOOLS_OFFICER)


def waits(world, **facts):
    """A planned lesson waits."""
    return {"planned_lesson_id": planned(world).pk} | facts


def moving(world, **facts):
    """It is to be on another day."""
    return waits(world, day=DAY + timedelta(days=2), lecturer=lecturer(world), topic="net") | facts


def holding(world, **facts):
    """It was held."""
    return waits(world, day=DAY + timedelta(days=1), grades=[5, 6], heard=80, way="phone", hours=1) | facts


def replaced(_world, _what):
    """Another version stands."""
    Standing.objects.all().delete()


def was_held(world, _what):
    """It was held already."""
    PlannedLesson.objects.update(lesson=lesson(world, topic="net"))


def elsewhere(world, what):
    """The lecturer is at another school that day."""
    planned(world, school=other_schools(world, 1)[0], day=what["day"])


def abroad_lecturer(world):
    """A lecturer of another county."""
    return {"lecturer": lecturer(world, "外县的", unit=unit("东川区法院", Tier.COUNTY, far()))}


def long_ago(_world, _what):
    """The school stands for years."""
    School.objects.update(from_on=date(2020, 9, 1))


def barred(world, _what):
    """Something stands against him since today."""
    RecordQuery.objects.create(lecturer=lecturer(world), asked_on=DAY, clear=False, recorded_at=MONDAY)


def barred_and_gone(world, what):
    """Somebody of that name left while something stood against him."""
    one = lecturer(world, what["name"])
    RecordQuery.objects.create(lecturer=one, asked_on=DAY, clear=False, recorded_at=MONDAY)
    left(world, what)


def barred_elsewhere(world, what):
    """Somebody of that name goes on standing at another unit, and something stands against him."""
    one = lecturer(world, what["name"], unit=world.civil)
    RecordQuery.objects.create(lecturer=one, asked_on=DAY, clear=False, recorded_at=MONDAY)


LECTURES = {
    ELSEWHERE: Felt(what=abroad_lecturer), NOT_THEN: Felt(what=lambda w: {"lecturer": lecturer(w, "迟来的", from_on=DAY + timedelta(days=9))}), NOT_CLEARED: Felt(before=barred),
}  # fmt: skip
LISTS = {LISTED: Felt(what=lambda w: {"lecturer": None, "given_by": "县公安局平法官"})}
KEPT = {NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(by=abroad)}
STANDS = {**KEPT, GONE: Felt(before=left)}
TOLD = {NO_TELL: Felt(by="caller"), NOT_MINE: Felt(by=of_another_school)}
LATE = MONDAY.replace(year=2027, month=1, day=10)
BACK = {**TOLD, "这一课已经撤销。": Felt(before=taken_back)}

ACTS = {
    "schools.enter_lecturer": Tried("schools", entering, {"name": "安某某"}, may=OFFICER, spoil={
        NO_DUTY: Felt(by="handler"), OUT: Felt(what=lambda w: {"unit": unit("东川区法院", Tier.COUNTY, far())}), AGE: Felt(what={"retired_on": DAY}),
        "这个单位的这位讲师已经登记。同名不同人的,姓名后面写明职务。": Felt(before=lambda w, what: lecturer(w, what["name"], organ="court")),
        "这个单位的这位讲师退出以前背景查询没有通过,不能重新登记。": Felt(before=barred_and_gone),
        "名册上同名的讲师背景查询没有通过:是同一个人的,不能登记;确是另一个人的,姓名后面写明职务。": Felt(before=barred_elsewhere),
    }),
    "schools.change_lecturer": Tried("schools", lambda w: knows(w, cap=6), {"cap": 7}, may=OFFICER, spoil={**STANDS, AGE: Felt(what={"retired_on": DAY})}),
    "schools.query_lecturer": Tried("schools", lambda w: knows(w, asked_on=DAY, clear=True), {"clear": False}, may=OFFICER, spoil={
        **STANDS, "查询日期不能在今天以后。": Felt(what={"asked_on": DAY + timedelta(days=1)}),
    }),
    "schools.leave_lecturer": Tried("schools", lambda w: knows(w, reason="调走了"), {"reason": "退休了"}, may=OFFICER, spoil=STANDS),
    "schools.appoint_vice": Tried("schools", appointing, {"letter": "永教聘〔2026〕9号"}, may=OFFICER, spoil={
        **STANDS, "这次聘任已经登记过。": Felt(before=twice), NOT_MINE: Felt(what=lambda w: {"school": school(w, unit=unit("东川一小", Tier.COUNTY, far(), Line.EDUCATION), area=far())}),
        "聘期结束要在开始以后。": Felt(what={"to_on": DAY}), "一届最长 %(n)s 个月。": Felt(what={"to_on": date(2029, 11, 3)}),
        "聘期最多补登 %(n)s 天:更早的从今天起聘。": Felt(what={"from_on": DAY - timedelta(days=93), "to_on": date(2027, 9, 1)}),
        "法治副校长由法院、检察院、公安、司法行政机关委派。": Felt(before=lambda w, what: Lecturer.objects.update(organ="law_office")),
        "从事法治工作要满 %(n)s 年。": Felt(before=lambda w, what: Lecturer.objects.update(legal_since=date(2024, 1, 1))),
        "没有 %(n)s 个月以内、没有问题的背景查询,先查再聘。": Felt(before=barred),
        "退休的不超过 %(n)s 周岁。": Felt(before=retired(born_on=date(1960, 10, 1))), "退休的只任一届。": Felt(before=second_term),
        "他在这段时间已经是这所学校的法治副校长。": Felt(before=lambda w, what: vice(w)), "一个人最多在 %(n)s 所学校任法治副校长。": Felt(before=two_schools),
        "一所学校最多 %(n)s 名法治副校长。": Felt(before=crowded),
    }),
    "schools.end_vice": Tried("schools", serving, {"reason": "本人申请"}, may=OFFICER, spoil={**KEPT, "这一届已经结束。": Felt(before=lambda w, what: VicePrincipal.objects.update(to_on=DAY))}),
    "schools.tell_lesson": Tried("headmaster", telling, {"topic": "drugs"}, may=OFFICER, spoil={
        **TOLD, "上课的日子要在学校登记以后、今天以前。": Felt(what={"day": DAY + timedelta(days=1)}), "谁讲的选一位,名册以外的写明,两样选一样。": Felt(what={"given_by": "派出所民警"}),
        **LECTURES, **LISTS, TOO_OLD: Felt(what={"day": DAY - timedelta(days=93)}, before=long_ago), "选这所学校有的年级。": Felt(what={"grades": [9]}),
        "小手牵大手不算课时,别的至少一课时。": Felt(what={"hours": 0}), "这一天不在学期里。": Felt(before=lambda w, what: Term.objects.update(to_on=DAY)),
        "这一天这些年级的这一课已经登记过。": Felt(before=lambda w, what: lesson(w, day=DAY, topic="net")),
    }),
    "schools.take_back_lesson": Tried("headmaster", lambda w: told(w, reason="记错了学校"), {"reason": "记重了"}, may=OFFICER, spoil={**BACK, CLOSED: Felt(before=closed)}),
    "schools.count_back": Tried("headmaster", lambda w: told(w, back=70), {"back": 71}, may=OFFICER, spoil={
        **BACK, "这一课没有发带回家的单子。": Felt(before=lambda w, what: LawLesson.objects.update(slips=0)), "签回的不会比发出的多。": Felt(what={"back": 81}),
    }),
    "schools.write_reason": Tried("headmaster", why_not, {"words": "下大雪停课三周"}, may=OFFICER, spoil={
        **TOLD, "这所学校没有这个学期。": Felt(what=lambda w: {"term": Term.objects.create(area=far(), name="别处的学期", from_on=date(2026, 9, 1), to_on=date(2027, 1, 1))}),
        "这学期已经登记了法治课,不用写原因。": Felt(before=lambda w, what: lesson(w)),
        "这学期的原因已经写过。": Felt(before=lambda w, what: LessonReason.objects.create(school=school(w), term=term(w), words="写过一次", written_at=MONDAY)),
        "“%(what)s”至少写 %(n)s 个字。": Felt(what={"words": "忙"}),
    }),
    "schools.close_term": Tried("schools", closing, {"term_id": NOBODY}, at=LATE, may=OFFICER, spoil={
        NO_DUTY: Felt(by="caller"), "这个学期不在您的范围。": Felt(by=abroad), CLOSED: Felt(before=closed), "还没到放假前归档的时候。": Felt(at=MONDAY),
        "还有 %(n)s 所学校没有法治课,也没有写明原因:%(names)s。": Felt(before=taken_back),
    }),
    "schools.draw_lessons": Tried("schools", lambda w: {"term_id": term(w).pk}, {"since": DAY + timedelta(days=9)}, may=OFFICER, spoil={
        NO_DUTY: Felt(by="caller"), "这个学期不在您的范围。": Felt(by=abroad), CLOSED: Felt(before=lambda w, what: LessonClosing.objects.create(term=term(w), schools=0, held=0, reasons=0, closed_at=MONDAY)),
        "这个学期已经过去了。": Felt(at=LATE.replace(month=2)), "从哪天起要在学期里,而且不早于明天。": Felt(what={"since": DAY}),
    }),
    "schools.move_planned": Tried("schools", moving, {"topic": "fire"}, may=OFFICER, spoil={
        NO_DUTY: Felt(by="caller"), NOT_MINE: Felt(by=abroad), "这一版计划已经不用了。": Felt(before=replaced), "这一课已经上过。": Felt(before=was_held),
        "这一天学校不上课、考试,或者已经过去。": Felt(what={"day": DAY + timedelta(days=5)}),
        **LECTURES,
        "这所学校的另一课已经排了这个专题。": Felt(before=lambda w, what: planned(w, n=1, topic="net", day=DAY + timedelta(days=9))), "这位讲师那天已经排在别的学校。": Felt(before=elsewhere),
    }),
    "schools.hold_planned": Tried("headmaster", holding, {"heard": 81}, at=MONDAY + timedelta(days=2), may=OFFICER, spoil={
        **TOLD, "这一版计划已经不用了。": Felt(before=replaced), "这一课已经上过。": Felt(before=was_held), "还没到这一课的日子。": Felt(at=MONDAY),
        "这一课还没有讲师。": Felt(before=lambda w, what: PlannedLesson.objects.update(lecturer=None, day=None)), "选这所学校有的年级。": Felt(what={"grades": [9]}),
    }),
    "schools.look_for_lessons": Tried("clock", lambda w: school(w) and {}, {}, may="", spoil={"缺什么由系统按时看,不由人代看。": Felt(by="schools")}),
}  # fmt: skip
