"""The ledger of obligations: who owes what for which period, and where each stands at an instant."""
