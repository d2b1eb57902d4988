"""Places around schools that are inspected (A40, A43): entered once, changed, ended; what every round goes over."""
