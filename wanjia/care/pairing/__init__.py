"""Which child is paired with whom (A9, A10): proposed by the engine with reasons, changed by hand, put in force as one act, handed over before somebody leaves."""
