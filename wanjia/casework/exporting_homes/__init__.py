"""Homes of the register leave the house as the ledger does: asked with a purpose, agreed by another, counted by the day (ADR 80)."""
