"""What each part of the app brings to the pages of the house; ../brings.py gathers them, kind by kind."""
