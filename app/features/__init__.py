"""What a person would name, a folder each: its views, its Qt state, its settings page."""
