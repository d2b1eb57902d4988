"""One thing for every pupil of a roll (物资发放, A15): sizes by class, what to order, what came, who signed, what is left over; nobody left out, no reason given."""
