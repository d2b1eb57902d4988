"""Honest closing at scale (销号要实): what the tier above looks at again and by when, what is said after a closing, what looks like sham closing."""
