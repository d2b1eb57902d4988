"""The days of aid (救助的期限): they climb the ladder when nobody keeps them, and are counted anew when the calendar changes; what waits goes with whoever has the aid."""
