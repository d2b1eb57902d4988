"""The working-day table: seen by everybody, kept once a year when the State Council publishes it."""
