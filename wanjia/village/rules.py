"""What the rules of many rooms have in common: a duty in one village, words that cross no line, numbers as people write them."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.policy.money import MOST, fen_of
from wanjia.verdict import Refused, first_refusal

OUT_OF_REACH = _("这个村(社区)不在您的范围。")
RED_LINE = _("不能写“%(word)s”:%(why)s。")
NO_MONEY = _("金额写成 12.50 这样。")


def within(actor, area_id, duty):
    """Tell whether the actor has a duty in this village."""
    return bool(scope.covers(actor, area_id, duty=duty))


def duty_in(actor, area_id, duty, lacks, elsewhere=OUT_OF_REACH):
    """Return (does it hold, why not) of a duty: that some post of the actor has it, and that one of them reaches this village."""
    return (actor.has_duty(duty), lacks), (within(actor, area_id, duty), elsewhere)


def crosses_nothing(crossed, *texts, words=RED_LINE):
    """Decide whether texts keep off the red lines of a room's policy. crossed: text → (the word, why not), or None; words: what whoever wrote it is told."""
    word, why = next(filter(None, map(crossed, texts)), ("", ""))
    return first_refusal((not word, words % {"word": word, "why": why}))


def hundredths(text, words=NO_MONEY, *, least=0, most=MOST - 1):
    """Return hundredths of what is written as a number of at most two places: fen of yuan. Raises Refused with these words for what is none, is less or more."""
    n = fen_of(text)
    if n is None or not least <= n <= most:
        raise Refused(words)
    return n
