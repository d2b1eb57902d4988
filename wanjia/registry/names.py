"""How a name sounds and how it is shown. Pure: text in, text out."""

import functools
import re
from itertools import product

SOUND_CHARS, INITIAL_CHARS = 120, 40
# Surnames whose reading is not the character's commonest one: at the head of a name only. Source: 《现代汉语词典》第 7 版, 姓氏条;
# where a surname has several readings, the one that most of its bearers use.
READINGS = (
    "曾:zeng 单:shan 解:xie 仇:qiu 区:ou 查:zha 翟:zhai 缪:miao 乐:yue 覃:qin 盖:ge 朴:piao 折:she 员:yun 贠:yun 乜:nie 召:shao "
    "种:chong 秘:bi 繁:po 祭:zhai 洗:xian 佴:nai 句:gou 颉:xie 宿:su 都:du 阚:kan 莘:shen 薄:bo 藏:zang 术:zhu 能:nai 卜:bu 任:ren "
    "华:hua 燕:yan 宁:ning 盛:sheng 吕:lv 柏:bai 葛:ge 纪:ji 车:che 应:ying 牟:mou 隗:wei 郇:xun 逄:pang 冼:xian 尉:wei 厍:she 谌:chen 褚:chu "
    "石:shi 尉迟:yu,chi 单于:chan,yu 万俟:mo,qi 澹台:tan,tai 长孙:zhang,sun 令狐:ling,hu 乐正:yue,zheng 鲜于:xian,yu 拓跋:tuo,ba "
    "夏侯:xia,hou 宇文:yu,wen 呼延:hu,yan 亓官:qi,guan 皇甫:huang,fu 司徒:si,tu 濮阳:pu,yang 公冶:gong,ye 宗政:zong,zheng"
)  # fmt: skip
SURNAMES = dict(pair.split(":") for pair in READINGS.split())
# How else the lü of 吕 and the nü of 女 are typed, which is stored as v: yu by passports, u by whoever leaves the dots away.
UMLAUT = re.compile(r"(?<=[ln])(yu|u)")
MOST_UMLAUTS = 2


@functools.lru_cache(maxsize=50_000)
def sounds_of(name):
    """Return (pinyin without tones in one word, initials): 曾建国 → ("zengjianguo", "zjg"), the surname in its own reading."""
    from pypinyin import Style, pinyin  # when somebody is named: its dictionaries are an eighth of what a process needs to start

    surname, rest = _surname_of(name)
    syllables = SURNAMES[surname].split(",") if surname else []
    syllables += [one[0].lower() for one in pinyin(rest, style=Style.NORMAL, errors=_letters) if one and one[0]]
    return "".join(syllables)[:SOUND_CHARS], "".join(word[0] for word in syllables)[:INITIAL_CHARS]


def _surname_of(name):
    """(a surname with a reading of its own or "", the rest). A name with a dot is no Han name: it has no surname at its head."""
    for length in (2, 1):
        if name[:length] in SURNAMES and "·" not in name and len(name) > length - (length == 1):
            return name[:length], name[length:]
    return "", name


def typed_sounds(text):
    """Return the spellings under which a name typed in pinyin may be stored: lu, lyu and lü may each be the lv of 吕."""
    text = text.lower().replace("ü", "v")
    parts = UMLAUT.split(text, maxsplit=MOST_UMLAUTS)
    choices = [(part, "v") if place % 2 else (part,) for place, part in enumerate(parts)]
    return ["".join(chosen) for chosen in product(*choices)]


def _letters(text):
    return [part for part in text.replace("·", " ").split() if part]


def initials_of(name):
    """Show a child's name on a list: 王小明 → W.X.M."""
    return "".join(f"{letter.upper()}." for letter in sounds_of(name)[1]) or "—"
