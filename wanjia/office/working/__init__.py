"""The one worker of an installation: it does what waits in the background, and asks every few minutes for what goes on by the clock (TICKS)."""
