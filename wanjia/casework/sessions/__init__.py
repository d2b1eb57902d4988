"""Joint triage (A27 集中会商研判): a session is called, decides need after need, and ends with signed minutes; it settles second returns."""
