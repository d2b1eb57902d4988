"""The sentence of a finding (疑点): what was seen, in numbers, and why it is looked at again. It names a unit and no person."""

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from wanjia.kernel.calendar import today
from wanjia.policy.honesty import in_force

from .models import Finding
from .states import Pattern

SAID = {
    Pattern.SLIPS_AT_ONCE: _("%(unit)s的诉求,有 %(n)s 件在报办结后 %(minutes)s 分钟里就由小条说“已经解决”,占小条的 %(share)s%%。"),
    Pattern.WORDS_COPIED: _("%(unit)s有 %(n)s 件诉求的结果说明是同一段话(标点、空格、数字不算)。"),
    Pattern.CALLS_AT_ONCE: _("%(unit)s从 %(on)s 起连着回访 %(n)s 户,前后只隔 %(minutes)s 分钟。"),
    Pattern.SAME_PAPER: _("%(unit)s有 %(n)s 件诉求用的是同一份佐证。"),
    Pattern.DONE_AT_ONCE: _("%(unit)s有 %(n)s 件研判为难、政策性的诉求,签收后 %(minutes)s 分钟里就报办结。"),
    Pattern.SAME_PHONE: _("%(unit)s的 %(n)s 户诉求,回访说“已经解决”的是同一个电话。"),
}


def sentence(finding):
    """Return {"seen", "reason"}: what was seen, and the rule's own reason in the reader's language."""
    rule = in_force(today(finding.at)).pattern(finding.rule)
    seen = gettext(SAID[Pattern(finding.rule)]) % ({"unit": finding.unit.name, "minutes": rule.minutes} | finding.facts)
    return {"seen": seen, "reason": rule.reason[(get_language() or "").startswith("en")]}


def sentences_of(need):
    """Return the sentences of the findings for which a need is looked at."""
    rows = Finding.objects.filter(needs__need=need, needs__called=True).select_related("unit")
    return [sentence(one) for one in rows]
