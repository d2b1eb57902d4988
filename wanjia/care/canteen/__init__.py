"""The canteen of elders who stay behind (爱心食堂, B37): meals from the roll, and a call to whoever did not come."""
