import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const features = fileURLToPath(new URL('../features/', import.meta.url))

/** Names of classes that a stylesheet gives a look to by themselves, at the beginning of its selectors. */
function classesOf(path: string): string[] {
  const css = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
  return [...css.matchAll(/(?:^|[,}{])\s*\.([a-z][\w-]*)(?![\w.-])/g)].map(([, name = '']) => name)
}

test('a class has its look from one feature: all stylesheets are one on the page', () => {
  const owners = new Map<string, Set<string>>()
  for (const path of readdirSync(features, { recursive: true, encoding: 'utf8' }).filter((one) =>
    one.endsWith('.css'),
  )) {
    const [feature = ''] = path.split('/')
    for (const name of classesOf(`${features}${path}`))
      owners.set(name, (owners.get(name) ?? new Set()).add(feature))
  }
  expect(owners.size).toBeGreaterThan(100)
  const shared = [...owners]
    .filter(([, by]) => by.size > 1)
    .map(([name, by]) => `${name}: ${[...by].join(', ')}`)
  expect(shared).toEqual([])
})
