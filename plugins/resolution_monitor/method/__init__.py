"""What the catalogue names of the method: kinds of indicators and trajectories, one record each."""
