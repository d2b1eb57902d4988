"""Which characters the fonts of this machine can put on paper. A character without a glyph prints as an empty box, unnoticed.

Pango takes a character from whichever installed font has it, so the union of their character maps (cmap) is what can be
printed. Characters of names reach beyond what one Chinese font bears: Extensions B to I (GB 18030-2022, level 3), Yi, Tibetan.
"""

import glob
import shutil
import subprocess
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts", "/Library/Fonts", "/System/Library/Fonts")
FACES = (".ttf", ".otf", ".ttc", ".otc")
# Debian packages by the blocks they bear.
PACKAGES = (
    (0x20000, 0x2EBEF, "fonts-hanazono"), (0x2EBF0, 0x3FFFD, "fonts-babelstone-han"), (0xA000, 0xA4CF, "fonts-sil-nuosusil"),
    (0x0F00, 0x0FFF, "fonts-tibetan-machine"),
)  # fmt: skip
NO_GLYPH = ("Cc", "Cf", "Zs", "Zl", "Zp", "Mn")  # blanks, marks of format and variation draw nothing of their own


def unprintable(text: str) -> list[str]:
    """Return the characters of a text that no installed font bears, each once, in their order."""
    bears = borne()
    return [char for char in dict.fromkeys(text) if ord(char) not in bears and unicodedata.category(char) not in NO_GLYPH]


def named(char: str) -> str:
    """Return a character with its number, by which it can be found where it cannot be shown: 𤳵(U+24CF5)."""
    return f"{char}(U+{ord(char):04X})"


def packages_for(chars: Iterable[str]) -> list[str]:
    """Return the Debian packages that bear such characters, as far as one is known."""
    return sorted({package for char in chars for first, last, package in PACKAGES if first <= ord(char) <= last})


@cache
def borne() -> frozenset[int]:
    """Return the numbers of all characters that the installed fonts bear: a second's work, once in a process."""
    from fontTools.ttLib import TTFont, TTLibError

    found: set[int] = set()
    for path in _files():
        try:
            font = TTFont(path, fontNumber=0, lazy=True)
            font.setGlyphOrder([""] * font["maxp"].numGlyphs)  # nobody asks what a glyph is called: working that out is half the work
            found.update(font.getBestCmap() or ())
        except (TTLibError, OSError, KeyError, ValueError):
            continue  # a broken font file bears nothing
    return frozenset(found)


def _files() -> list[str]:
    """The font files that fontconfig uses, or those in the usual folders where it has no command."""
    if command := shutil.which("fc-list"):
        listed = subprocess.run([command, "--format", "%{file}\n"], capture_output=True, text=True, check=False).stdout.split("\n")
    else:
        listed = [path for folder in FOLDERS for path in glob.glob(f"{Path(folder).expanduser()}/**/*", recursive=True)]
    return sorted({path for path in listed if path.lower().endswith(FACES)})
