"""Retention and disposal by class (保管期限与销毁): dated limits, lists of what is due, a second unit's word, holds, and the disposal itself (ADR 113)."""
