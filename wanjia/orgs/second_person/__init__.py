"""No administrator alone: a protective post needs a second person, and those who hold such posts already are told at once."""
