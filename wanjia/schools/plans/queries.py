"""What is asked of plans: which schools have one, what waits for whom, what a version says against another, its map as it is drawn."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wanjia.policy import schools as policy

from ..models import PlanSignature, PlanVersion
from ..plan_states import SIGNED, UNDER_WAY, PlanState, SignsFor
from ..year.queries import words_of_grades
from ..year.rules import visible_schools
from . import rules

MOST = 1000
TABS = ("mine", "none", "review")
TEXTS = (
    ("traffic", _("交通组织")), ("staggering", _("错峰放学")), ("weather", _("恶劣天气预案")), ("incident", _("突发事件预案")), ("equipment", _("装备器材")),
)  # fmt: skip
SHARES = (("walking", _("步行")), ("riding", _("摩托车、电动车")), ("driven", _("小汽车")), ("by_bus", _("校车、客车")))
STAFF = (("police", _("民警")), ("guards", _("保安")), ("teachers", _("教师")), ("parents", _("家长志愿者")))


def holding(day, school="pk"):
    """Return the versions in force on a day, of the school of an outer row."""
    return PlanVersion.objects.filter(Q(to_on=None) | Q(to_on__gt=day), school=OuterRef(school), state__in=SIGNED, from_on__lte=day)


def in_force(school, day):
    """Return the version of a school in force on a day, or None."""
    return school.plans.filter(Q(to_on=None) | Q(to_on__gt=day), state__in=SIGNED, from_on__lte=day).order_by("-number").first()


def to_sign(actor):
    """Versions handed in that wait for a signature that the actor may give."""
    asked = Q(pk__in=[])
    for signs_for, duty in rules.SIGNS.items():
        if actor.has_duty(duty):
            given = PlanSignature.objects.filter(plan=OuterRef("pk"), signs_for=signs_for, void_at=None)
            asked |= Q(~Exists(given), school__in=visible_schools(actor, duty=duty))
    hand = PlanSignature.objects.filter(plan=OuterRef("pk"), signed_by=actor.id, void_at=None)
    return PlanVersion.objects.filter(asked, ~Exists(hand), state=PlanState.HANDED).order_by("handed_at", "pk")


def to_write(actor, day, soon):
    """Schools of the actor that ask for a version: none holds and none waits to, one was begun, or one is to be looked at anew before `soon`."""
    if not actor.has_duty(rules.Duty.WRITE_PLAN):
        return visible_schools(actor).none()
    plans = PlanVersion.objects.filter(school=OuterRef("pk"))
    free = ~Exists(plans.filter(state__in=UNDER_WAY))
    draft, stands = Exists(plans.filter(state=PlanState.DRAFT)), Exists(plans.filter(state=PlanState.STANDS, review_on__gt=soon))
    return visible_schools(actor, duty=rules.Duty.WRITE_PLAN).filter(draft | Q(free, ~stands), to_on=None)


def queue(actor, day):
    """Return {name of the place: how many wait for the actor}: plans to sign, plans of the own school to write or look at anew."""
    if not actor.has_duty(rules.Duty.WRITE_PLAN, *rules.SIGNS.values()):
        return {}
    soon = policy.soon(day)
    n = to_sign(actor).order_by()[:MOST].count() + to_write(actor, day, soon).order_by()[:MOST].count()
    return {"schools:plans": None if n >= MOST else n}


def listed(actor, tab, day, soon):
    """The schools in reach, those of a tab: what waits for the actor, without a plan, to be looked at anew."""
    rows = visible_schools(actor).filter(to_on=None).select_related("unit", "area").order_by("area_id", "unit__name", "pk")
    if tab == "mine":
        return rows.filter(Q(pk__in=to_sign(actor).order_by().values("school")) | Q(pk__in=to_write(actor, day, soon).order_by().values("pk")))
    if tab == "none":
        return rows.filter(~Exists(holding(day)))
    if tab == "review":
        return rows.filter(Exists(holding(day).filter(state=PlanState.STANDS, review_on__lte=soon)))
    return rows


def with_versions(schools, day):
    """Give School rows what their list shows: the version in force, the one under way, who has signed it."""
    schools = list(schools)
    found = {}
    rows = PlanVersion.objects.filter(school__in=schools, state__in=(*SIGNED, *UNDER_WAY)).filter(Q(to_on=None) | Q(to_on__gt=day)).prefetch_related("signatures").order_by("number")
    for one in rows:
        found.setdefault(one.school_id, []).append(one)
    for school in schools:
        versions = found.get(school.pk, ())
        school.now = next((one for one in versions if one.holds(day)), None)
        school.coming = next((one for one in versions if one.state == PlanState.STANDS and one.from_on > day), None)
        school.under_way = next((one for one in versions if one.state in UNDER_WAY), None)
        school.signed = [one.get_signs_for_display() for one in school.under_way.signatures.all() if one.void_at is None] if school.under_way else ()
    return schools


def beside(school, day):
    """Return what the school's own page shows of its plan: the version in force, those to come or under way."""
    others = school.plans.filter(Q(state__in=UNDER_WAY) | Q(state=PlanState.STANDS, from_on__gt=day)).order_by("number")
    return {"now": in_force(school, day), "others": others}


def signed_by(plan):
    """Return [(side, its signature or None)] of a version, in the order of the law."""
    found = {one.signs_for: one for one in rules.live_signatures(plan).select_related("unit", "signed_by")}
    return [(side, found.get(side)) for side in SignsFor]


def posts_of(plan):
    """Return a version's posts in the order of its tables, each with what a page shows: `at`, `staff`, its number on the map."""
    found = list(plan.posts.select_related("gate").order_by("going", "gate__kind", "gate__name", "name"))
    numbers = numbers_of(found)
    for one in found:
        one.number = numbers[one.name]
        one.staff = [(words, getattr(one, name)) for name, words in STAFF if getattr(one, name)]
        one.only = words_of_grades(one.grades) if one.grades else ""
    return found


def numbers_of(posts):
    """Return {name of a post: its number}: the same place before and after school has one number."""
    return {name: n for n, name in enumerate(sorted({one.name for one in posts}), 1)}


def pupils_of(plan):
    """Return [(grade in words, pupils)] as the version was handed in."""
    rows = sorted(plan.pupils.items(), key=lambda pair: (pair[0] == "", int(pair[0] or 0)))
    return [(words_of_grades(grade) if grade else "", n) for grade, n in rows]


def bells_of(plan):
    """Return the bells of the school as of the version's first day: [(grades, bell)]."""
    return [(words_of_grades(one.grades), one) for one in plan.school.bells.on(plan.from_on)]


def _said_of_post(one):
    staff = "、".join(f"{words}{getattr(one, name)}" for name, words in STAFF if getattr(one, name))
    return {
        _("岗位名称"): one.name, _("校门、路口"): one.gate.name, _("人员"): staff, _("窗口"): f"−{one.before} / +{one.after}", _("年级"): words_of_grades(one.grades) if one.grades else "",
        _("职责"): one.task, _("装备"): one.kit,
    }  # fmt: skip


def compared(old, new):
    """Return how a version differs from an earlier one: {"texts": [(words, before, after)], "posts": [(post, going, what became of it, [(words, before, after)])], "risks", "contacts": (gone, come), "marks": (n before, n after) or None}."""
    texts = [(words, getattr(old, name), getattr(new, name)) for name, words in (*TEXTS, *SHARES, ("boarders", _("寄宿生人数"))) if getattr(old, name) != getattr(new, name)]
    before, after = ({one.same_as: one for one in plan.posts.select_related("gate")} for plan in (old, new))
    posts = [(one, _("新加"), []) for key, one in after.items() if key not in before] + [(one, _("去掉"), []) for key, one in before.items() if key not in after]
    for key, one in after.items():
        if key in before:
            was, now = _said_of_post(before[key]), _said_of_post(one)
            if changed := [(words, was[words], now[words]) for words in now if was[words] != now[words]]:
                posts.append((one, _("有改动"), changed))
    said = {}
    for name, spell in (("risks", lambda one: f"{one.place}:{one.what};{one.measure}({one.owner.short_name or one.owner.name})"), ("contacts", lambda one: f"{one.place} {one.phone}")):
        was, now = ({spell(one) for one in (getattr(plan, name).select_related("owner") if name == "risks" else getattr(plan, name).all())} for plan in (old, new))
        said[name] = (sorted(was - now), sorted(now - was))
    drawn = [sorted(plan.marks.values_list("kind", "x", "y", "x2", "y2", "words"), key=str) for plan in (old, new)]
    return {"texts": texts, "posts": posts, **said, "redrawn": drawn[0] != drawn[1]}
