"""What every figure was counted from: its inputs and the opportunities behind it; and the question that asks for it."""
