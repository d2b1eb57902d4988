"""Leader-on-duty days (A52): the calendar proposes them, spread over schools and leaders; a person agrees; whether it was held is said afterwards."""
