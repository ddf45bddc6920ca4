"""What the community edits: everything there can be used, and every slip is found."""
