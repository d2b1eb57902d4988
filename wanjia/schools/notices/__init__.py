"""Notices (A41, A42): on what one rests, until when, whom it was served on, what was done where it was not heeded."""
