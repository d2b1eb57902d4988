"""What keeps somebody from lecturing at a school at all (未成年人保护法第六十二条), and from being its vice-principal for law (教育部令第52号): organ, years of legal work, age, terms, schools.

Every road to a school asks `may_lecture` or `against`: no room has a rule of its own. Reads rows, writes none.
"""

from collections import defaultdict

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs.models.areas import STEM_DIGITS, Level
from wanjia.policy import law_lessons as policy
from wanjia.policy.statuses import months_after
from wanjia.verdict import first_refusal

from ..models import Lecturer, RecordQuery, VicePrincipal

COUNTY = STEM_DIGITS[Level.COUNTY]
ELSEWHERE = _("这位讲师不在您的范围。")
NOT_THEN = _("那一天他不是登记的讲师。")
NOT_CLEARED = _("这位讲师那天不能讲课:已经退出,或者背景查询不在有效期。")
LISTED = _("名册上有这位讲师:%(name)s。请从名册里选。")


def said_until(queries, day):
    """Return until when the queries of one lecturer up to `day` clear him, or None. An answer that bars him counts from when it is known, however early it was asked; records asked for anew after that lift it."""
    barred = max((max(one.asked_on, today(one.recorded_at)) for one in queries if not one.clear), default=None)
    last = max((one.asked_on for one in queries if one.clear and (barred is None or one.asked_on > barred)), default=None)
    return months_after(last, policy.in_force(day).check_months) if last is not None else None


def cleared_until(lecturer, day):
    """Return the first day on which what was asked about him up to `day` counts no longer, or None where nothing was, or something stands against him."""
    return said_until(list(lecturer.queries.filter(asked_on__lte=day)), day)


def each_cleared_until(lecturers, day):
    """Return {lecturer: the same of each}, of those about whom something was asked, in one question however many they are."""
    asked = defaultdict(list)
    for one in RecordQuery.objects.filter(lecturer__in=lecturers, asked_on__lte=day):
        asked[one.lecturer_id].append(one)
    return {key: said_until(found, day) for key, found in asked.items()}


def is_cleared(lecturer, day):
    """Tell whether a query of records counts on a day."""
    until = cleared_until(lecturer, day)
    return until is not None and day < until


def is_barred(lecturer, day):
    """Tell whether something stands against him that was known by a day."""
    return cleared_until(lecturer, day) is None and lecturer.queries.filter(asked_on__lte=day, clear=False).exists()


def may_lecture(lecturer, school, day):
    """Decide whether somebody of the list may stand before the people of a school on a day: of its county, in office, his records clear."""
    return first_refusal(
        (lecturer.unit.area_id[:COUNTY] == school.area_id[:COUNTY], ELSEWHERE), (lecturer.from_on <= day and (lecturer.to_on is None or day < lecturer.to_on), NOT_THEN),
        (is_cleared(lecturer, day), NOT_CLEARED),
    )  # fmt: skip


def is_a_stranger(words, school):
    """Decide whether these words name nobody of the county's list: whoever stands there is chosen from it, so that his records are asked about."""
    names = Lecturer.objects.filter(unit__area__code__startswith=school.area_id[:COUNTY]).values_list("name", flat=True) if words else ()
    found = next((one for one in names if one in words.replace(" ", "")), None)
    return first_refusal((found is None, LISTED % {"name": found}))


def against(lecturer, school, from_on, to_on, day):
    """Return the sentence of the first rule that an appointment would break, or None. from_on, to_on: the term of office, to_on the first day no longer; day: on which it is written."""
    edition = policy.in_force(from_on)
    asked = (*_of_the_term(edition, from_on, to_on, day), *_of_the_person(edition, lecturer, from_on, to_on, day), *_of_others(edition, lecturer, school, from_on, to_on))
    return next((words for broken, words in asked if broken()), None)


def _of_the_term(edition, from_on, to_on, day):
    yield lambda: to_on <= from_on, _("聘期结束要在开始以后。")
    yield lambda: to_on > months_after(from_on, edition.term_months), _("一届最长 %(n)s 个月。") % {"n": edition.term_months}
    yield lambda: (day - from_on).days > edition.letter_days, _("聘期最多补登 %(n)s 天:更早的从今天起聘。") % {"n": edition.letter_days}


def _of_the_person(edition, lecturer, from_on, to_on, day):
    yield lambda: lecturer.organ not in edition.organs, _("法治副校长由法院、检察院、公安、司法行政机关委派。")
    yield lambda: months_after(lecturer.legal_since, 12 * edition.legal_years) > from_on, _("从事法治工作要满 %(n)s 年。") % {"n": edition.legal_years}
    # a letter of last month does not look past what is known today
    yield lambda: not (is_cleared(lecturer, from_on) and is_cleared(lecturer, max(from_on, day))), _("没有 %(n)s 个月以内、没有问题的背景查询,先查再聘。") % {"n": edition.check_months}
    retired = lecturer.retired_on is not None and lecturer.retired_on < to_on
    yield lambda: retired and policy.age_on(lecturer.born_on, max(from_on, lecturer.retired_on)) > edition.retired_age, _("退休的不超过 %(n)s 周岁。") % {"n": edition.retired_age}
    yield lambda: retired and _second_term(edition, lecturer, from_on, to_on), _("退休的只任一届。")


def _second_term(edition, lecturer, from_on, to_on):
    """All terms that reach beyond retiring lie within one term of the first day of the first of them."""
    after = [(one.from_on, one.to_on) for one in lecturer.terms.filter(to_on__gt=lecturer.retired_on)] + [(from_on, to_on)]
    first = max(min(since for since, _until in after), lecturer.retired_on)
    return max(until for _since, until in after) > months_after(first, edition.retired_months)


def _of_others(edition, lecturer, school, from_on, to_on):
    spans = list(VicePrincipal.objects.filter(Q(lecturer=lecturer) | Q(school=school), from_on__lt=to_on, to_on__gt=from_on))
    his, theirs = ([one for one in spans if getattr(one, name) == key] for name, key in (("lecturer_id", lecturer.pk), ("school_id", school.pk)))
    yield lambda: any(one.school_id == school.pk for one in his), _("他在这段时间已经是这所学校的法治副校长。")
    yield lambda: _most(his, from_on) >= edition.schools_a_person, _("一个人最多在 %(n)s 所学校任法治副校长。") % {"n": edition.schools_a_person}
    yield lambda: _most(theirs, from_on) >= edition.people_a_school, _("一所学校最多 %(n)s 名法治副校长。") % {"n": edition.people_a_school}


def _most(spans, from_on):
    """Return how many spans lie over one another at most, on some day from `from_on` on."""
    starts = {from_on, *(one.from_on for one in spans if one.from_on > from_on)}
    return max(sum(one.from_on <= day < one.to_on for one in spans) for day in starts)
