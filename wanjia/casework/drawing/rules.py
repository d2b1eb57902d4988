"""How a draw falls, and when its seed may be shown."""

import hashlib
import hmac

from wanjia.kernel.calendar import CHINA, today


def lot(seed, number):
    """Return the lot of a need in [0, 1): HMAC-SHA256 of its ledger number under the month's seed (hex), first 8 bytes."""
    return int.from_bytes(hmac.digest(bytes.fromhex(seed), number.encode(), "sha256")[:8]) / 2**64


def commitment(seed):
    """Return the SHA-256 of a seed (hex) in hex: what is journalled before the first draw."""
    return hashlib.sha256(bytes.fromhex(seed)).hexdigest()


def month_of(at):
    """Return the month of a moment, yyyymm, by China's clock."""
    return f"{at.astimezone(CHINA):%Y%m}"


def is_over(month, at):
    """Tell whether a month has ended, so that its seed may be shown."""
    return month < f"{today(at):%Y%m}"
