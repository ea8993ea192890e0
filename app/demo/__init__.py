"""An OpenAI-compatible service on loopback: the embedded default and the tests' server."""
