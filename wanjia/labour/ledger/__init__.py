"""What follows when a need that labour opened (OPENS_NEEDS) is withdrawn on the ledger, or taken up again there (AFTER_NEEDS)."""
