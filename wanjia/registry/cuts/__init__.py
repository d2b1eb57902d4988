"""An open proposal to cut aid goes with whoever has the aid: its place, its day and its duty (救助停减随人走)."""
