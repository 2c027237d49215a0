"""How long a report takes, step by step, size by size: `python -m benchmarks`. No test asserts any of it."""
