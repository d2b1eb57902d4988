"""What the demo county's labour register holds: the tour's township, by the commands of a click."""
