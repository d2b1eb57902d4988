"""Names of people as they come out of old systems: mended where the meaning is certain, refused where a character is lost.

What a Han character is does not hang on the interpreter's Unicode tables: planes 2 and 3 are set aside for ideographs, and
names are registered in blocks (Extension I, J) that an older Python calls unassigned.

Sources: Unicode 17 (blocks, compatibility ideographs); GB 18030-2005, whose two-byte area FE50-FEA0 once pointed to private use.
"""

import re
import unicodedata
from itertools import pairwise

from wanjia.policy.identity import NOT_GIVEN
from wanjia.policy.oldcodes import PRIVATE, modern

PLAIN = re.compile(r"[\u4e00-\u9fff]{2,6}")
HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003fffd\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27-\ufa29"
ONE_HAN = re.compile(f"[{HAN}]")
DOTS = "·•‧・∙⋅･◦\u0387．.●"
LOST = re.compile(r"[?\uff1f\ufffd□▯◻〓]|锟斤拷|烫烫|屯屯")
JOINTS = "-'’‘`´＇‐‑–—―－"  # hyphens and apostrophes: between letters only
EDGE_DOTS = DOTS.replace(".", "").replace("．", "").replace("●", "")
MASKED = re.compile(f"[*＊×※○◯]|某|(?<=[{HAN}])[xXｘＸ]+|●●|●$|^(?:[A-Za-z][.．])+$")
BLANKS = re.compile("[\\s\u00a0\u3000\u200b-\u200d\u2060\ufeff\u00ad]+")
BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")


def judge_name(text, longest=60):
    """(name, code or None, detail). The name comes back in the one spelling that is stored and searched."""
    if PLAIN.fullmatch(text) and "某" not in text and "锟" not in text:
        return text, None, ""
    bare = BLANKS.sub("", text)
    if not bare.strip(JOINTS + DOTS) or bare.upper() in NOT_GIVEN:
        return "", "name.missing", ""
    return _fault(text.strip(" \u3000\u00a0\t\r\n"), bare, longest) or _mend(text)


def _fault(text, bare, longest):
    if BIDI.search(text) or any(unicodedata.category(c) == "Cc" for c in text):
        return text, "name.bad_char", "看不见的控制字符"
    if _mojibake(text):
        return text, "name.lost_chars", text[:4]
    for char in bare:
        if not _may_stand(char):
            return text, "name.bad_char", char
    if lost := LOST.search(text):
        return text, "name.lost_chars", lost[0]
    if MASKED.search(bare):
        return text, "name.masked", ""
    for char in bare:
        if unicodedata.category(char) == "Co" and ord(char) not in PRIVATE:
            return text, "name.private_use", f"U+{ord(char):04X}"
    if loose := _loose_joint(bare):
        return text, "name.bad_char", loose
    return (text, "name.too_long", longest) if len(bare) > longest else None


def _loose_joint(bare):
    """A hyphen or apostrophe within the name that does not stand between two letters, or ""."""
    inner = bare.strip(JOINTS + DOTS)
    pairs = pairwise(inner)
    return next((b for a, b in pairs if (b in JOINTS and (a in JOINTS or a in DOTS)) or (a in JOINTS and b in DOTS)), "")


def _may_stand(char):
    """Letters of any script, their marks, dots, hyphen and apostrophe; the signs of loss and masking are judged after."""
    kind = unicodedata.category(char)
    return ONE_HAN.match(char) or kind[0] in "LM" or kind in ("Co", "Nl") or char in DOTS or char in JOINTS or char == "\u0f0b" or LOST.match(char) or char in "*＊×※○◯"


def _mojibake(text):
    """Whether the text is UTF-8 or GBK read as Western letters."""
    for western, real in (("cp1252", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "gbk")):
        try:
            if ONE_HAN.search(text.encode(western).decode(real)):
                return True
        except UnicodeError:
            continue
    return False


def _mend(text):
    """One spelling; of several changes the weightiest is told: private use, dot, compatibility, blank."""
    warnings = {}
    mapped = modern(text)
    if mapped != text:
        warnings["warn.name.pua_mapped"] = "".join(PRIVATE[ord(c)] for c in text if ord(c) in PRIVATE)
    edged = _without_edges(mapped)
    if edged != mapped:
        warnings["warn.name.mark"] = edged.strip()
    dotted = _one_dot(edged)
    if dotted != edged:
        warnings["warn.name.dot_normalised"] = ""
    has_han = bool(ONE_HAN.search(unicodedata.normalize("NFKC", dotted)))
    spaced = BLANKS.sub("" if has_han else " ", dotted).strip()
    name = unicodedata.normalize("NFKC", spaced)
    if name != spaced:
        warnings["warn.name.compat"] = "".join(c for c in name if c not in spaced)
    if spaced != dotted:
        warnings["warn.name.space"] = ""
    warnings.update(_doubts(name, has_han))
    code = next(iter(warnings), None)
    return name, code, warnings.get(code, "")


def _without_edges(text):
    """Without the marks before and behind: Excel's text mark, a bullet, a stroke. A Latin name keeps its full stop (Jr.)."""
    bare = text.strip(" \u3000\u00a0\t\r\n")
    stripped = bare.strip(JOINTS + EDGE_DOTS + " \u3000\u00a0")
    if ONE_HAN.search(stripped):
        stripped = stripped.strip(JOINTS + DOTS + " \u3000\u00a0")
    return stripped if stripped != bare else text


def _one_dot(text):
    """Any of the dots, with blanks around it, becomes U+00B7; a full stop in a name without Han characters stays."""
    if not ONE_HAN.search(text):
        return text
    return re.sub(f"[\\s\u3000\u00a0]*[{re.escape(DOTS)}][{re.escape(DOTS)}\\s\u3000\u00a0]*", "·", text)


def _doubts(name, has_han):
    letters = [c for c in name if unicodedata.category(c)[0] == "L" or ONE_HAN.match(c)]
    if not has_han:
        return {"warn.name.not_han": ""}
    if any(not ONE_HAN.match(c) for c in letters):
        return {"warn.name.mixed_script": ""}
    return {"warn.name.one_char": ""} if len(letters) == 1 else {}
