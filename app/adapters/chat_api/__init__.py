"""OpenAI-compatible services: request out, stream in, failures translated."""
