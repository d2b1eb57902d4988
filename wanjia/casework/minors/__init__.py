"""The yearly audit of how minors' personal information is kept and read (未网条例 37): counts of rows, drilled by the auditor, frozen when published (ADR 112)."""
