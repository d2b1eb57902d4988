"""How a name sounds and how it is shown. Pure: text in, text out."""

import functools

from pypinyin import Style, pinyin

from wanjia.kernel.privacy import mask_name

SOUND_CHARS, INITIAL_CHARS = 120, 40


@functools.lru_cache(maxsize=50_000)
def sounds_of(name):
    """Return (pinyin without tones in one word, initials): 王建国 → ("wangjianguo", "wjg"). Surnames' own readings are kept."""
    syllables = [one[0].lower() for one in pinyin(name, style=Style.NORMAL, errors=_letters) if one and one[0]]
    return "".join(syllables)[:SOUND_CHARS], "".join(word[0] for word in syllables)[:INITIAL_CHARS]


def _letters(text):
    return [part for part in text.replace("·", " ").split() if part]


def initials_of(name):
    """Show a child's name on a list that a school sees: 王小明 → W.X.M."""
    return "".join(f"{letter.upper()}." for letter in sounds_of(name)[1]) or "—"


def shown_to(actor, person, day):
    """Return the name as `actor` may see it on a list: a school sees a minor's initials, others the name."""
    school = actor.org is not None and actor.org.line == "education"
    return initials_of(person.name) if school and not _adult(person, day) else person.name


def masked(person, day):
    """Return the name as it stands on a list of a protected group: 李*明, and never more for somebody who may be a child."""
    return person.name if _adult(person, day) else mask_name(person.name)


def _adult(person, day):
    return person.birth_on is not None and person.age_on(day) >= 18
