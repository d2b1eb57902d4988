"""Cases by mandate (工作机制, A34): how many needs came under which tag, and what became of them. The tags are data and mean nothing here."""
