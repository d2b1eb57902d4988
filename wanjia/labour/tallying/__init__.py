"""The sums that figures read, kept by every act and every load."""
