"""The frame: window, tabs, sidebar, settings tab."""
