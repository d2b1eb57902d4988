"""How a name sounds and how it is shown. Pure: text in, text out."""

import functools

from pypinyin import Style, pinyin

SOUND_CHARS, INITIAL_CHARS = 120, 40


@functools.lru_cache(maxsize=50_000)
def sounds_of(name):
    """Return (pinyin without tones in one word, initials): 王建国 → ("wangjianguo", "wjg"). Surnames' own readings are kept."""
    syllables = [one[0].lower() for one in pinyin(name, style=Style.NORMAL, errors=_letters) if one and one[0]]
    return "".join(syllables)[:SOUND_CHARS], "".join(word[0] for word in syllables)[:INITIAL_CHARS]


def _letters(text):
    return [part for part in text.replace("·", " ").split() if part]


def initials_of(name):
    """Show a child's name on a list: 王小明 → W.X.M."""
    return "".join(f"{letter.upper()}." for letter in sounds_of(name)[1]) or "—"
