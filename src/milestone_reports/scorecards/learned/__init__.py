"""What history teaches, put into the words of the pages: rates, coaching, forecasts, demand, the plan of each track."""
