"""What happened in somebody's life beside treatment: emergencies, hospital, home, work, the people close to them."""
