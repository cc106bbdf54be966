import { expect, test } from 'vitest'
import { isInTag } from './dockerfile-words'

test.each([
  ['FROM nginx:', true],
  ['FROM nginx:1.2', true],
  ['from --platform=linux/arm64 nginx@sha256:ab', true],
  ['FROM \\\n  nginx:', true],
  ['FROM nginx', false],
  ['FROM nginx:1 AS ', false],
  ['FROM nginx:1\nCOPY a:', false],
  ['FROM nginx:1\nEXPOSE ', false],
  ['# FROM nginx:', false],
])('%j is in a tag: %s', (before, isIn) => {
  expect(isInTag(before)).toBe(isIn)
})
