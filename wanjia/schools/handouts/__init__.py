"""What is handed out of a roster (A48, A49): the gate's week table, a guard's month card and calendar, a post's duty card."""
