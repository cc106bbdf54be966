"""Makes out/report.html from landings.csv."""
import csv
import pathlib

rows = list(csv.DictReader(open("landings.csv")))
total = sum(float(row["tons"]) for row in rows)
out = pathlib.Path("out")
out.mkdir(exist_ok=True)
lines = "".join(f"<li>{row['harbour']}: {row['tons']}</li>" for row in rows)
(out / "report.html").write_text(f"<!doctype html><title>Landings</title><h1>Tons landed: {total}</h1><ul>{lines}</ul>\n")
