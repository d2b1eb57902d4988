"""By-laws of the village (C19): heard, drafted, read for what is against the law, checked by the township, voted on, in force; their text on any day."""
