"""Aid (社会救助): before any is cut the person is heard; a refusal is written with its fact; urgent aid first, its papers by a day."""
