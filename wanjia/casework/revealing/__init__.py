"""What is sealed in a need is looked at: with a reason, journalled before it is sent."""
