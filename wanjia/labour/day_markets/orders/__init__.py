"""What an employer wants for a day, who of the line is sent there, and what became of it: arrived, paid, owed, said."""
