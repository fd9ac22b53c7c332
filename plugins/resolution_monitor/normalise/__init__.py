"""Second stage: sheets of cells become targets, observations and findings."""
