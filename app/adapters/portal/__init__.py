"""The desktop's portals on D-Bus: a picture of the screen, and keys that work everywhere."""
