"""How a name sounds and how it is shown. Pure: text in, text out."""

import functools

from pypinyin import Style, pinyin

from wanjia.kernel.privacy import mask_name

# A surname's own reading, at the head of a name only: 解文才 is Xie, 文解放 stays jie.
SURNAMES = {
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "翟": "zhai", "缪": "miao", "乐": "yue", "覃": "qin",
    "盖": "ge", "朴": "piao", "吕": "lv", "任": "ren", "华": "hua", "尉": "wei", "冼": "xian", "员": "yun", "种": "chong",
    "秘": "bi", "繁": "po", "牟": "mu", "乜": "nie", "尉迟": "yu chi", "长孙": "zhang sun", "万俟": "mo qi",
    "澹台": "tan tai", "单于": "chan yu", "令狐": "ling hu", "宿": "su", "隗": "wei", "祭": "zhai", "郇": "xun", "逄": "pang",
}  # fmt: skip
SOUND_CHARS, INITIAL_CHARS = 120, 40


@functools.lru_cache(maxsize=50_000)
def sounds_of(name):
    """Return (pinyin without tones in one word, initials): 王建国 → ("wangjianguo", "wjg"). Surnames' own readings are kept."""
    head = next((n for n in (2, 1) if name[:n] in SURNAMES), 0)
    syllables = SURNAMES[name[:head]].split() if head else []
    name = name[head:]
    syllables += [one[0].lower() for one in pinyin(name, style=Style.NORMAL, errors=_letters) if one and one[0]]
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
