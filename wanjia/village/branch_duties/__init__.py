"""Duties of members (C3): a catalogue, claimed and decided by the branch; who is in charge of this lane, asked by anybody."""
