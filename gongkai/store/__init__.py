"""What the home folder keeps: documents, where they were seen, and what the parsers read in them."""
