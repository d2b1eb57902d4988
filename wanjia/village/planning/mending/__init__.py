"""What stands wrong on the sketch of a plan, put right by another hand; its first words in the journal."""
