"""The book of points (C28): accounts, bookings in which all lines add up to nought, reversals. No booking is changed, none deleted."""
