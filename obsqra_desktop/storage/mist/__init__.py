"""Private money on the disk: the sealed notes book, its copy, backups and hand-over files."""
