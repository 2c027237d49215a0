"""Charts as SVG text, drawn by matplotlib's object interface at the exact size at which they are shown.

One module a chart: `year` (year against pace), `revenue`, `weeks` (thirteen weeks), `completions` (a team's weeks).
Import them only where something is drawn: matplotlib takes half a second. `frame` (sizes, words) is light.
"""
