"""What is looked at in a submission, one module per scope; each problem becomes a finding."""
