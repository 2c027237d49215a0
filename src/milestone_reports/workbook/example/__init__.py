"""Made-up teams for `init --example`: their people and gates, a seeded history, a few flaws on purpose."""
