"""How a name sounds and how it is shown. Pure: text in, text out."""

import functools

from pypinyin import Style, pinyin

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
    """Show a child's name on a list: 王小明 → W.X.M."""
    return "".join(f"{letter.upper()}." for letter in sounds_of(name)[1]) or "—"
