"""The lines drawn by the engine: from riders, bells and vehicles to drafts that are filed, with its price of moving a home against the plan that was filed."""
