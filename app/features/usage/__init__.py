"""What was used and what it cost, by day and by model."""
