"""What makes promises later waits for a person of another unit (ADR 86): the calendar's days of rest, a county's grid of deadlines."""
