"""The children who ride, from which stop, and the adults who may receive them."""
