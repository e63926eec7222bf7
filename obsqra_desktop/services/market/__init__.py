"""Taking snapshots of pools from a node, keeping them, and computing them again without one."""
