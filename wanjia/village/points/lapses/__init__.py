"""Points that lapse (C28): only by a rule that says so, told to the homes first, carried out by another hand than told it."""
