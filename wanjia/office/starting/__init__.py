"""An office starts: its settings, its county, its first two accounts, then its people from a workbook."""
