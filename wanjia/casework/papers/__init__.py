"""What needs bring to the papers: their nine, what stands on each and when it makes sense, and what the monthly notice says of them."""
