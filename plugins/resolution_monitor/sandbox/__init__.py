"""The closed room in which untrusted bytes are met: what a process gives away before."""
