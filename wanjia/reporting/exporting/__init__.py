"""What leaves the house as a sheet: with a reason, an approver where it must, counted by the day, once. Apps bring what (EXPORTS)."""
