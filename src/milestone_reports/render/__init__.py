"""How pages look: numbers and sentences as text, charts, HTML and PDF. Pure functions of page data; bytes out."""
