"""After the decision (C17, C18): filed with the two committees and the township, put up, objected to and answered, carried out."""
