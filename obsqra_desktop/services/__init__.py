"""The use cases, free of Qt; ports hold what they need from outside."""
