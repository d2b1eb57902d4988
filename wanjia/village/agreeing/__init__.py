"""What a mediation ends with (人民调解法 art. 28–33): the agreement, who signed and sealed it, how it is kept, what the court says; the file opened and printed."""
