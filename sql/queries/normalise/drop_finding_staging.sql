-- Empty the place where findings wait, so that one load can keep those of several scopes.
drop table staged_finding
