import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { resourcesFolder } from '../resources'
import { COURSE_IMAGES, courseImageNames, preloadedEverywhere } from './course'

test('every image has a recipe', () => {
  const recipes = join(resourcesFolder(), 'engine/images/recipes/course')
  const folders = COURSE_IMAGES.flatMap(({ name, recipe, foreign }) => [recipe ?? name, foreign ?? []]).flat()
  for (const folder of folders) expect(existsSync(join(recipes, folder, 'Dockerfile'))).toBe(true)
})

test('every name has a tag and belongs to one image', () => {
  const names = courseImageNames()
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^[a-z0-9/-]+:[a-z0-9.-]+$/)
})

test('the images that every node has are some of those that labs may use', () => {
  expect(courseImageNames()).toEqual(expect.arrayContaining(preloadedEverywhere()))
  expect(preloadedEverywhere()).toContain('debian:bookworm-slim')
  expect(preloadedEverywhere()).not.toContain('redis:latest')
})

/** The steps that a recipe runs before its own files come in, each with all that stands before it. */
function stagesOf(folder: string): string[] {
  const text = readFileSync(
    join(resourcesFolder(), 'engine/images/recipes/course', folder, 'Dockerfile'),
    'utf8',
  )
  return text
    .replaceAll(/^#.*\n/gm, '')
    .split(/^(?=FROM )/m)
    .flatMap((stage) => {
      const first = /^FROM \$\{BASE\}.*\nRUN (?:.*\\\n)*.*\n/.exec(stage)?.[0]
      return first ? [first.replace(/ AS \w+/, '')] : []
    })
}

test('an image with a step of another one waits for it', () => {
  const stages = new Map(COURSE_IMAGES.map(({ name, recipe }) => [name, stagesOf(recipe ?? name)]))
  const waitsFor = (name: string): string[] => {
    const after = COURSE_IMAGES.find((image) => image.name === name)?.after ?? []
    return [...after, ...after.flatMap(waitsFor)]
  }
  const seen = new Map<string, string>()
  for (const { name } of COURSE_IMAGES) {
    for (const stage of stages.get(name) ?? []) {
      const earlier = seen.get(stage)
      if (earlier) expect([name, waitsFor(name)]).toEqual([name, expect.arrayContaining([earlier])])
      else seen.set(stage, name)
    }
  }
  expect(seen.size).toBeLessThan(COURSE_IMAGES.length / 2)
})

test('an image waits for earlier ones only', () => {
  const names = COURSE_IMAGES.map(({ name }) => name)
  for (const [index, { after = [] }] of COURSE_IMAGES.entries())
    expect(names.slice(0, index)).toEqual(expect.arrayContaining([...after]))
})
