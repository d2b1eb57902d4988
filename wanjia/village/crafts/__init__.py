"""Local craftsmen by consent, who learns with them, who books them (C8–C10)."""
