"""What is typed by several lines: options, homes that stand for choice, a heap of paper ballots. Texts → values, or a Refused that names the line."""

from django.utils.translation import gettext_lazy as _

from wanjia.verdict import Refused

from ..verifier import code_hash
from . import secret

SPOILT, EMPTY = "废", "空"


def lines(text):
    """Return the lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def options(text):
    """Return the options of a question, one a line. Raises Refused where they are fewer than two, too many, or one stands twice."""
    found = lines(text)
    if not 2 <= len(found) <= secret.OPTIONS:
        raise Refused(_("选项要有 2 到 %(n)s 个,一行一个。") % {"n": secret.OPTIONS})
    if len(set(found)) < len(found):
        raise Refused(_("有两个选项写得一样。"))
    if any(len(one) > 40 for one in found):
        raise Refused(_("一个选项最多 40 个字。"))
    return found


def standing(text, homes):
    """Return {household id: the words on the cards} of the homes that stand for choice: a line each, its number, a blank, how it wishes to be called. homes: of the village."""
    by_number, found = {one.number: one for one in homes}, {}
    for line in lines(text):
        number, _blank, words = line.partition(" ")
        home = by_number.get(number)
        if home is None or not words.strip() or len(words) > 40:
            raise Refused(_("这一行要写本村的户编号、空格、公示的称呼:%(line)s") % {"line": line})
        found[home.pk] = words.strip()
    if len(found) < len(lines(text)) or len(set(found.values())) < len(found):
        raise Refused(_("有一户写了两次,或者两户的称呼一样。"))
    return found


def heap(text, cls, poll):
    """Return [(hash of the card's code, (check, choices))] of a heap, a line a ballot: the code, then the numbers of what is chosen, 废 for a spoilt one, #123456 for a check number. 空 alone: nothing of this class lay in the box. Raises Refused."""
    if lines(text) == [EMPTY]:
        return []
    known, found = set(cls.codes), []
    for n, line in enumerate(lines(text), 1):
        code, *words = line.split()
        digest = code_hash(str(poll.pk), cls.key, secret.bare(code, cls.key))
        if digest not in known:
            raise Refused(_("第 %(n)s 行的票号不是这一类的票,请对照纸票再录。") % {"n": n})
        found.append((digest, _ballot(words, cls, poll, n)))
    if not found:
        raise Refused(_("这一堆一张也没有录。"))
    if len({digest for digest, _said in found}) < len(found):
        raise Refused(_("这一堆里有同一张票录了两次。"))
    return found


def _ballot(words, cls, poll, n):
    checks, chosen = [word[1:] for word in words if word.startswith("#")], [word for word in words if not word.startswith("#")]
    check = checks[0] if checks else ""
    if len(checks) > 1 or (check and not (len(check) == secret.CHECK_SIGNS and check.isdigit() and check.isascii())):
        raise Refused(_("第 %(n)s 行的查对号要是 # 加 6 位数字。") % {"n": n})
    if chosen == [SPOILT]:
        return check, None
    if not all(word.isdigit() and word.isascii() and 1 <= int(word) <= len(cls.options) for word in chosen) or len(set(chosen)) < len(chosen):
        raise Refused(_("第 %(n)s 行选的要是票上的序号,不重复;废票写“废”。") % {"n": n})
    if len(chosen) > poll.most:
        raise Refused(_("第 %(n)s 行选多了,这样的票是废票,请写“废”。") % {"n": n})
    return check, sorted(int(word) - 1 for word in chosen)


def sums(ballots, options):
    """Return what a heap adds up to: votes for each option, then blank, then spoilt."""
    choices = [chosen for _digest, (_check, chosen) in ballots]
    return [sum(one is not None and i in one for one in choices) for i in range(options)] + [choices.count([]), choices.count(None)]


def numbers(text):
    """Return the numbers that were counted by hand, with blanks between, or None where something else stands there."""
    found = text.replace(",", " ").replace(",", " ").split()
    return [int(one) for one in found] if all(one.isdigit() and one.isascii() and len(one) < 6 for one in found) else None
