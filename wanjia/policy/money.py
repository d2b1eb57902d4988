"""Amounts of money between people's yuan and the house's fen. Pure."""

from decimal import Decimal

MOST = 10**14  # fen: more than 9999 亿 yuan is no amount of a village's, and no column's


def fen_of(text: str) -> int | None:
    """Return the fen of an amount in yuan as people write it (8, 8.5, 8.50); None for what is no amount, below nought, or finer than a fen, or beyond MOST."""
    try:
        fen = Decimal(text.strip()) * 100
        return int(fen) if 0 <= fen < MOST and fen == int(fen) else None
    except (ArithmeticError, ValueError):
        return None


def yuan(fen: int) -> str:
    """Return fen as yuan with two places: 350 is 3.50, -350 is −3.50."""
    fen = int(fen)  # PostgreSQL adds up whole numbers to decimals
    return f"{'−' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


DIGITS, PLACES, GROUPS = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"), ("", "万", "亿")


def in_words(fen: int) -> str:
    """Return fen as receipts spell it, so that nobody adds a stroke (大写): 1250 is 壹拾贰元伍角整. Up to 9999 亿 yuan; below nought 负.

    Source: 会计基础工作规范 (财政部) 第五十二条; 支付结算办法 附一.
    """
    if fen < 0:
        return f"负{in_words(-fen)}"
    whole, jiao, left = fen // 100, fen // 10 % 10, fen % 10
    said = _whole(whole) + "元" if whole else ""
    if not jiao and not left:
        return (said or "零元") + "整"
    said += DIGITS[jiao] + "角" if jiao else ("零" if whole else "")
    return said + (DIGITS[left] + "分" if left else "整")


def _whole(n: int) -> str:
    """Spell a whole number above nought; noughts in a row are said once, at its end not at all."""
    text, said, gap = str(n), "", False
    for at, digit in enumerate(text):
        place = len(text) - 1 - at
        if digit == "0":
            gap = True
        else:
            said += ("零" if gap and said else "") + DIGITS[int(digit)] + PLACES[place % 4]
            gap = False
        if place % 4 == 0 and place and int(text[max(0, at - 3) : at + 1]):
            said, gap = said + GROUPS[place // 4], False
    return said
