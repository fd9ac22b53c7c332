"""What is likely to come: forecasts, the fate of like cases, and how good forecasts were."""
