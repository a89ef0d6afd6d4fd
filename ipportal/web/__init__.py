"""The visitor's face: one module for each stem, and what they share."""
