"""What a request carries besides its messages: the inspector, the parameters' form, presets."""
