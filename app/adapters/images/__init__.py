"""Pictures in: sniff, decode, orient, re-encode, in a child process."""
