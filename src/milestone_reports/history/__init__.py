"""What earlier workbooks said: the store of snapshots, and what follows from them.

It must not know how a page says it.
"""
