"""The demo county's village governs itself by the acts of a click. Everybody in it is invented."""
