"""An invented city of labourers, calibrated to the figures that are public. Pure: no Django, no database."""
