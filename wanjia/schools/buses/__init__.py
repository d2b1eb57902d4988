"""Who runs the buses, vehicles and crews with their papers, the lines as they were filed."""
