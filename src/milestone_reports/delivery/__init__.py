"""Into the right hands: what is sent to whom, the sending, and the ledger of what was sent."""
