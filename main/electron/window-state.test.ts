import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { onScreen, readWindowState, saveWindowState } from './window-state'

const FIRST = { width: 1280, height: 820, maximized: false }
const state = { width: 1000, height: 700, x: 100, y: 100, maximized: false }
const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }]
let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-window-'))
  file = join(folder, 'window.json')
})
afterEach(async () => await rm(folder, { recursive: true }))

test.each([
  ['on the screen', {}, true],
  ['partly beyond the left edge', { x: -900 }, true],
  ['nearly all beyond the left edge', { x: -960 }, false],
  ['nearly all beyond the right edge', { x: 1880 }, false],
  ['on a screen that is gone', { x: 2500 }, false],
  ['with its title bar above the screen', { y: -20 }, false],
  ['with its title bar below the screen', { y: 1050 }, false],
])('a window %s keeps its place: %s', (_where, part, isKept) => {
  const { width, height, maximized } = state
  const saved = { ...state, ...part }
  expect(onScreen(saved, screens)).toEqual(isKept ? saved : { width, height, maximized })
})

test('a window without a place has nothing to lose', () => {
  expect(onScreen(FIRST, [])).toBe(FIRST)
})

test('a second screen keeps its windows', () => {
  const two = [...screens, { x: 1920, y: 0, width: 1920, height: 1080 }]
  expect(onScreen({ ...state, x: 2500 }, two)).toEqual({ ...state, x: 2500 })
})

test('the state is there again, and no other file is left', async () => {
  saveWindowState(file, { ...state, maximized: true })
  expect(readWindowState(file)).toEqual({ ...state, maximized: true })
  expect(await readdir(folder)).toEqual(['window.json'])
})

test.each([
  ['none', null],
  ['half a file', '{"width":10'],
  ['no numbers', '{"width":"wide"}'],
  ['no object', 'null'],
])('%s: the window opens as the first time', async (_what, text) => {
  if (text !== null) await writeFile(file, text)
  expect(readWindowState(file)).toEqual(FIRST)
})

test('a state that cannot be saved does not keep the window open, and changes nothing', async () => {
  saveWindowState(join(folder, 'gone', 'window.json'), state)
  await writeFile(file, JSON.stringify(state))
  saveWindowState(join(file, 'below-a-file.json'), FIRST)
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(state)
})
