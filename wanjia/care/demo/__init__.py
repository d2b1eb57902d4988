"""The demo county lives its care by the acts of a click, up to yesterday. Everybody in it is invented."""
