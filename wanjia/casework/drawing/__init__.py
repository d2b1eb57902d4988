"""Which needs the next tier rechecks: a draw that nobody can foresee and everybody can recompute afterwards (ADR 71)."""
