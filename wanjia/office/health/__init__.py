"""What the doctor finds, and who is told: the command line, a probe, a monitor, the administrator's page."""
