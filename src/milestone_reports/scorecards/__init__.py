"""What each page says, already decided: typed, complete, serialisable.

Numbers stay numbers; render/ turns them into text.
"""
