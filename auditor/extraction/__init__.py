"""From tables to what they say."""
