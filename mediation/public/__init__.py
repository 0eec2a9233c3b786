"""What people outside read: the notice board."""
