"""Triage (A30 轻重缓急 × 难易程度): two grades set the tier, the deadline and who may hold the need."""
