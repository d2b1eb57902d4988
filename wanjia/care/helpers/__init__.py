"""Who helps children, alone or in a team, and whose records were looked at until when (A18)."""
