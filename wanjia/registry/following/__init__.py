"""What else follows when somebody of the register changes: higher apps are told within the act (AFTER_PEOPLE)."""
