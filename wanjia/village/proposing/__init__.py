"""What villagers bring (C16): by a public page without account, by slip or word; each with a number, a day by which it is answered, and its answer."""
