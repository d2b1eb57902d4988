"""What a village may read of its own difficulties: a quarter's counts, redacted, published by the township and open to anybody."""
