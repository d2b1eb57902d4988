"""The demo county's schools live by the acts of a click. Everybody in it is invented."""
