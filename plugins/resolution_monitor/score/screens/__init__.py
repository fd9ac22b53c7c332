"""Questions about odd figures of a month, each with its chance of being asked without reason."""
