"""The day at the gates (A46, A50, A53): who came, marked by the post's leader with one tap; what happened; talks; the leader's days (A52)."""
