"""What every capability may use; knows no capability."""
