/** Pages for a browser that shows neither the token nor a cookie. They need no script and no other file. */

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; background: #f7f8fa; color: #1c2330; }
main { max-width: 36rem; margin: 15vh auto 0; padding: 0 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
code { padding: 0.1em 0.35em; border-radius: 0.25em; background: #e4e8ee; font-size: 0.95em; }
a { color: #0b57b8; }
@media (prefers-color-scheme: dark) {
  body { background: #12161d; color: #e6eaf0; }
  code { background: #262d38; }
  a { color: #8ab8ff; }
}`

/** Says why there is nothing to see, and what to do. */
export function refusedPage(): string {
  return page(
    'Capstan does not know this browser yet',
    `<p>This address works in a browser that has opened Capstan with its full address before.</p>
<ol>
<li>Find the terminal in which Capstan runs. If it does not run, start it with <code>npm start</code> or
<code>capstan serve</code>.</li>
<li>Open the address that it has printed. The address ends with <code>/?token=…</code></li>
</ol>
<p>Bookmarks and new tabs work afterwards, also when Capstan was started again. If you have opened the full address
already, <a href="/">try again</a>.</p>`,
  )
}

/** Leads on to the same host, so that the browser sends its cookie. @param path a path with its query */
export function steppingStone(path: string): string {
  const target = path.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  return page(
    'Capstan opens',
    `<p><a href="${target}">Continue to Capstan</a></p>`,
    `<meta http-equiv="refresh" content="0; url=${target}">`,
  )
}

function page(title: string, content: string, head = ''): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<style>${STYLE}
</style>
${head}
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`
}
