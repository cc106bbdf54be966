"""Builds the pages into public/."""
import html
import pathlib

pages = pathlib.Path("pages")
public = pathlib.Path("public")
public.mkdir(exist_ok=True)
for source in sorted(pages.glob("*.txt")):
    title, _, body = source.read_text().partition("\n")
    text = f"<!doctype html><title>{html.escape(title)}</title><h1>{html.escape(title)}</h1><pre>{html.escape(body)}</pre>\n"
    (public / f"{source.stem}.html").write_text(text)
    print("built", source.stem)
