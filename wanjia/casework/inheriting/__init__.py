"""What casework hands over when somebody leaves or a unit ends: needs, parts of needs, sessions. No clock begins anew, and each need says so in its line."""
