"""What plots bear and what homes earn (C11, C14): told with how it was found out; means only with how many they are of, and of few none."""
