"""What the labour register brings to the pages of the house."""
