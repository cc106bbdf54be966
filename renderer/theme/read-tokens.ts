/** Reads colours of a theme from the stylesheet, for libraries that draw without CSS. */

/**
 * Reads tokens as `colours.css` defines them for a theme. The page may still have the other theme:
 * an element that is on the page for a moment carries the theme that is asked for.
 *
 * @param names the library's name of each colour, and the token that has it
 */
export function readTokens<Name extends string>(
  theme: 'dark' | 'light',
  names: Readonly<Record<Name, string>>,
): Record<Name, string> {
  const probe = document.createElement('i')
  probe.hidden = true
  probe.dataset.theme = theme
  document.body.append(probe)
  try {
    const style = getComputedStyle(probe)
    const values = Object.entries<string>(names).map(([name, token]) => [
      name,
      style.getPropertyValue(token).trim(),
    ])
    return Object.fromEntries(values)
  } finally {
    probe.remove()
  }
}
