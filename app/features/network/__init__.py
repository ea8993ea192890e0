"""How services are reached: proxies, certificates, and a test of the way."""
