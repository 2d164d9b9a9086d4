"""Do the generated EventBridge rules deliver what the handlers wait for, and nothing else? moto's EventBridge tells."""
