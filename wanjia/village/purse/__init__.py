"""The money of the fee (C22): waivers, receipts, spending and what comes back; the purse is never below nought, and nothing is deleted."""
