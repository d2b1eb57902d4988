"""The pages that everybody opens: what is wished, a claim without an account, the donor's slip, money given and what became of it (A14)."""
