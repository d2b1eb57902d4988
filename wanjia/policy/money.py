"""Amounts of money between people's yuan and the house's fen. Pure."""

from decimal import Decimal, InvalidOperation


def fen_of(text: str) -> int | None:
    """Return the fen of an amount in yuan as people write it (8, 8.5, 8.50); None for what is no amount, below nought, or finer than a fen."""
    try:
        fen = Decimal(text.strip()) * 100
        return int(fen) if fen == int(fen) and fen >= 0 else None
    except (InvalidOperation, ValueError, OverflowError):
        return None


def yuan(fen: int) -> str:
    """Return fen as yuan with two places: 350 is 3.50, -350 is −3.50."""
    fen = int(fen)  # PostgreSQL adds up whole numbers to decimals
    return f"{'−' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"
