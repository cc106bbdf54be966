import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { desktopMissing, electronBinary, hasDisplay } from './desktop.mjs'
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

describe('desktopMissing', () => {
  const never = () => Promise.reject(new Error('must not be called'))

  it('fetches nothing where there is no display', async () => {
    expect(await desktopMissing({ display: false, binary: () => null, fetch: never })).toBe(
      'there is no display',
    )
  })

  it('is null when the binary is there', async () => {
    expect(await desktopMissing({ display: true, binary: () => '/electron', fetch: never })).toBeNull()
  })

  it('is null after the binary was fetched', async () => {
    let path = null
    const fetch = async () => {
      path = '/electron'
    }
    expect(await desktopMissing({ display: true, binary: () => path, fetch })).toBeNull()
  })

  it('says that the binary cannot be downloaded', async () => {
    const missing = await desktopMissing({ display: true, binary: () => null, fetch: async () => undefined })
    expect(missing).toBe('its binary cannot be downloaded')
  })
})
