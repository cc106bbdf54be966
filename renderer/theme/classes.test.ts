import { expect, test } from 'vitest'
import { scripts, stylesheets, withoutComments } from '../../test/stylesheets'

/** Looks that features share by agreement. */
const SHARED = 'theme/shared.css'

/** Names of classes that a stylesheet gives a look to by themselves, at the beginning of its selectors. */
function classesOf(css: string): string[] {
  const found = withoutComments(css).matchAll(/(?:^|[,}{])\s*\.([a-z][\w-]*)(?![\w.-])/g)
  return [...found].map(([, name = '']) => name)
}

/** Names of all classes in the selectors of a stylesheet. */
function allClassesOf(css: string): string[] {
  const selectors =
    withoutComments(css)
      .replace(/@[^{;]*[{;]/g, '')
      .match(/[^{}]+(?=\{)/g) ?? []
  return selectors.flatMap((selector) =>
    [...selector.matchAll(/\.([a-z][\w-]*)/g)].map(([, name = '']) => name),
  )
}

test('a class has its look from one folder, because all stylesheets are one on the page', () => {
  const owners = new Map<string, Set<string>>()
  for (const { path, text } of stylesheets().filter((sheet) => sheet.path !== SHARED)) {
    const folder = path.slice(0, path.lastIndexOf('/'))
    for (const name of classesOf(text)) owners.set(name, (owners.get(name) ?? new Set()).add(folder))
  }
  expect(owners.size).toBeGreaterThan(200)
  const contested = [...owners]
    .filter(([, by]) => by.size > 1)
    .map(([name, by]) => `${name}: ${[...by].join(', ')}`)
  expect(contested).toEqual([])
})

test('each class that has a look is given to an element by a script', () => {
  const code = scripts()
    .map(({ text }) => text)
    .join('\n')
  const words = new Set(code.match(/[a-z][\w-]*/g))
  // A class such as `button-${weight}` is put together by its script.
  const prefixes = [...code.matchAll(/([a-z][\w-]*-)\$\{/g)].map(([, prefix = '']) => prefix)
  const isGiven = (name: string) =>
    words.has(name) || name.startsWith('xterm-') || prefixes.some((prefix) => name.startsWith(prefix))
  const unused = stylesheets().flatMap(({ path, text }) =>
    allClassesOf(text)
      .filter((name) => !isGiven(name))
      .map((name) => `${path}: ${name}`),
  )
  expect([...new Set(unused)]).toEqual([])
})

test('classes are found in groups, in media queries and behind other selectors', () => {
  const css = '.a, .b > svg { x: y; } /* .no {} */ @media (min-width: 1px) { .c:hover .d { margin: 0.5em; } }'
  expect(allClassesOf(css)).toEqual(['a', 'b', 'c', 'd'])
  expect(classesOf(css)).toEqual(['a', 'b', 'c'])
})
