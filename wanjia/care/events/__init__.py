"""Events (A13, A16, A17): planned or entered afterwards, many hosts counted once, a programme in order, who came, who helped for how long."""
