"""How a line of a task is written, for every act of the board alike."""
