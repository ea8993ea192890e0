"""Pictures and files that go with a message."""
