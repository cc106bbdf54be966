import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { resourcesFolder } from '../resources'
import { COURSE_IMAGES, courseImageNames, preloadedEverywhere } from './course'

test('every image has a recipe', () => {
  const recipes = join(resourcesFolder(), 'engine/images/recipes/course')
  const folders = COURSE_IMAGES.flatMap(({ name, recipe, arm64 }) => [recipe ?? name, arm64 ?? []]).flat()
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
