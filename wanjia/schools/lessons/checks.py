"""What keeps somebody from being vice-principal for law of a school (教育部令第52号): organ, years of legal work, age, terms, schools, a query of records. Reads rows, writes none."""

from django.utils.translation import gettext_lazy as _

from wanjia.policy import law_lessons as policy
from wanjia.policy.statuses import months_after

from ..models import VicePrincipal


def cleared_until(lecturer, day):
    """Return the first day on which the last query of records up to `day` counts no longer, or None where there is none, or something stood against him."""
    last = lecturer.queries.filter(asked_on__lte=day).order_by("-asked_on", "-recorded_at").first()
    return months_after(last.asked_on, policy.in_force(day).check_months) if last is not None and last.clear else None


def is_cleared(lecturer, day):
    """Tell whether a query of records counts on a day."""
    until = cleared_until(lecturer, day)
    return until is not None and day < until


def against(lecturer, school, from_on, to_on):
    """Return the sentence of the first rule that an appointment would break, or None. from_on, to_on: the term of office, to_on the first day no longer."""
    edition = policy.in_force(from_on)
    return next((words for broken, words in (*_of_the_term(edition, from_on, to_on), *_of_the_person(edition, lecturer, from_on, to_on), *_of_others(edition, lecturer, school, from_on, to_on)) if broken()), None)


def _of_the_term(edition, from_on, to_on):
    yield lambda: to_on <= from_on, _("聘期结束要在开始以后。")
    yield lambda: to_on > months_after(from_on, edition.term_months), _("一届最长 %(n)s 个月。") % {"n": edition.term_months}


def _of_the_person(edition, lecturer, from_on, to_on):
    yield lambda: lecturer.organ not in edition.organs, _("法治副校长由法院、检察院、公安、司法行政机关委派。")
    yield lambda: months_after(lecturer.legal_since, 12 * edition.legal_years) > from_on, _("从事法治工作要满 %(n)s 年。") % {"n": edition.legal_years}
    yield lambda: not is_cleared(lecturer, from_on), _("没有 %(n)s 个月以内、没有问题的背景查询,先查再聘。") % {"n": edition.check_months}
    retired = lecturer.retired_on is not None and lecturer.retired_on < to_on
    yield lambda: retired and policy.age_on(lecturer.born_on, max(from_on, lecturer.retired_on)) > edition.retired_age, _("退休的不超过 %(n)s 周岁。") % {"n": edition.retired_age}
    yield lambda: retired and _second_term(edition, lecturer, from_on, to_on), _("退休的只任一届。")


def _second_term(edition, lecturer, from_on, to_on):
    """All terms that reach beyond retiring lie within one term of the first day of the first of them."""
    after = [(one.from_on, one.to_on) for one in lecturer.terms.filter(to_on__gt=lecturer.retired_on)] + [(from_on, to_on)]
    first = max(min(since for since, _until in after), lecturer.retired_on)
    return max(until for _since, until in after) > months_after(first, edition.retired_months)


def _of_others(edition, lecturer, school, from_on, to_on):
    spans = list(VicePrincipal.objects.filter(from_on__lt=to_on, to_on__gt=from_on))
    his, theirs = ([one for one in spans if getattr(one, name) == key] for name, key in (("lecturer_id", lecturer.pk), ("school_id", school.pk)))
    yield lambda: any(one.school_id == school.pk for one in his), _("他在这段时间已经是这所学校的法治副校长。")
    yield lambda: _most(his, from_on) >= edition.schools_a_person, _("一个人最多在 %(n)s 所学校任法治副校长。") % {"n": edition.schools_a_person}
    yield lambda: _most(theirs, from_on) >= edition.people_a_school, _("一所学校最多 %(n)s 名法治副校长。") % {"n": edition.people_a_school}


def _most(spans, from_on):
    """Return how many spans lie over one another at most, on some day from `from_on` on."""
    starts = {from_on, *(one.from_on for one in spans if one.from_on > from_on)}
    return max(sum(one.from_on <= day < one.to_on for one in spans) for day in starts)
