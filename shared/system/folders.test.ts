import { homedir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { dataFolder, engineHome } from './folders'

const folders = { data: '/of/data', cache: '/of/cache' }

test('the environment names the folders', () => {
  expect(dataFolder({ CAPSTAN_DATA: '/mine' }, folders)).toBe('/mine')
  expect(engineHome({ CAPSTAN_ENGINE: '/mine' }, folders)).toBe('/mine')
})

test('each name is for one folder only', () => {
  expect(dataFolder({ CAPSTAN_ENGINE: '/mine' }, folders)).toBe('/of/data')
  expect(engineHome({ CAPSTAN_DATA: '/mine' }, folders)).toBe(join('/of/cache', 'engine'))
})

describe.runIf(process.platform === 'linux')('on Linux', () => {
  afterEach(() => vi.unstubAllEnvs())

  test('they follow the rules of XDG', () => {
    vi.stubEnv('XDG_DATA_HOME', '/xdg/data')
    vi.stubEnv('XDG_CACHE_HOME', '/xdg/cache')
    expect(dataFolder({})).toBe('/xdg/data/capstan')
    expect(engineHome({})).toBe('/xdg/cache/capstan/engine')
  })

  test('without these they are in the home of the user', () => {
    vi.stubEnv('XDG_DATA_HOME', undefined)
    vi.stubEnv('XDG_CACHE_HOME', undefined)
    expect(dataFolder({})).toBe(join(homedir(), '.local/share/capstan'))
    expect(engineHome({})).toBe(join(homedir(), '.cache/capstan/engine'))
  })
})
