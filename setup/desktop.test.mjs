import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { desktopMissing, electronBinary, hasDisplay, isRootOnLinux } from './desktop.mjs'
import { folderWith } from './folder.test-kit.mjs'

const electron = (name) => `node_modules/electron/${name}`

describe('electronBinary', () => {
  it('is the file that path.txt names', () => {
    const root = folderWith({ [electron('path.txt')]: 'electron', [electron('dist/electron')]: '' })
    expect(electronBinary(root)).toBe(join(root, electron('dist/electron')))
  })

  it.each([
    ['nothing was fetched', {}],
    ['the file is gone', { [electron('path.txt')]: 'electron' }],
    ['path.txt is empty', { [electron('path.txt')]: '', [electron('dist/electron')]: '' }],
  ])('is null when %s', (_what, files) => {
    expect(electronBinary(folderWith(files))).toBeNull()
  })
})

describe('hasDisplay', () => {
  it.each([
    ['linux', {}, false],
    ['linux', { DISPLAY: ':0' }, true],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['linux', { DISPLAY: '' }, false],
    ['darwin', {}, true],
    ['win32', {}, true],
  ])('on %s with %j is %j', (platform, env, expected) => {
    expect(hasDisplay({ platform, env })).toBe(expected)
  })
})

describe('isRootOnLinux', () => {
  it.each([
    ['linux', 0, true],
    ['linux', 1000, false],
    ['darwin', 0, false],
    ['win32', undefined, false],
  ])('on %s with the user %j is %j', (platform, uid, expected) => {
    expect(isRootOnLinux({ platform, uid })).toBe(expected)
  })
})

describe('desktopMissing', () => {
  const never = () => Promise.reject(new Error('must not be called'))

  it('fetches nothing where there is no display', async () => {
    expect(await desktopMissing({ display: false, binary: () => null, fetch: never })).toBe(
      'there is no display',
    )
  })

  it('fetches nothing for root on Linux, who could start it only without its sandbox', async () => {
    const missing = await desktopMissing({
      display: true,
      root: true,
      binary: () => '/electron',
      fetch: never,
    })
    expect(missing).toMatch(/keeps its sandbox/)
  })

  it('is null when the binary is there', async () => {
    expect(
      await desktopMissing({ display: true, root: false, binary: () => '/electron', fetch: never }),
    ).toBeNull()
  })

  it('is null after the binary was fetched', async () => {
    let path = null
    const fetch = async () => {
      path = '/electron'
    }
    expect(await desktopMissing({ display: true, root: false, binary: () => path, fetch })).toBeNull()
  })

  it('says that the binary cannot be downloaded', async () => {
    const missing = await desktopMissing({
      display: true,
      root: false,
      binary: () => null,
      fetch: async () => undefined,
    })
    expect(missing).toBe('its binary cannot be downloaded')
  })
})
