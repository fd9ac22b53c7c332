"""What was known of a month of resolutions becomes rows of assignments and of both trees above them."""
