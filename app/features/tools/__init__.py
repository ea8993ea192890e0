"""Tools as the person sees them: which there are, own ones made, tried and exchanged."""
