"""The pages' sentences: which words a figure or a rule is said with. Numbers come as text from formats.py."""
