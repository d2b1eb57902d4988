"""Looking somebody up by a whole number: journalled, and not as often as one likes, so that numbers cannot be tried out."""
