import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { browserOnPath, ensureBrowser } from './browser.mjs'

describe('browserOnPath', () => {
  const path = ['/first', '/second'].join(delimiter)

  it('takes the first folder of the PATH that has a browser', () => {
    const files = [join('/second', 'chromium'), join('/first', 'google-chrome')]
    expect(browserOnPath({ path, exists: (file) => files.includes(file) })).toBe(files[1])
  })

  it('finds none', () => {
    expect(browserOnPath({ path, exists: () => false })).toBeNull()
  })
})

describe('ensureBrowser', () => {
  const never = () => Promise.reject(new Error('must not be called'))

  it('takes the browser that is there', async () => {
    expect(await ensureBrowser({ find: () => '/bin/chromium', install: never, fetch: never })).toBe(
      '/bin/chromium',
    )
  })

  it('installs the package where it may', async () => {
    let isInstalled = false
    const install = async () => {
      isInstalled = true
    }
    const find = () => (isInstalled ? '/usr/bin/chromium' : null)
    expect(await ensureBrowser({ find, install, fetch: never })).toBe('/usr/bin/chromium')
  })

  it.each([
    ['', 0],
    [null, 1],
  ])('answers %j when Playwright fetches its own with code %d', async (expected, code) => {
    const install = async () => undefined
    const found = await ensureBrowser({ find: () => null, install, fetch: async () => code })
    expect(found).toBe(expected)
  })

  it('does not install where it may not', async () => {
    expect(await ensureBrowser({ find: () => null, install: null, fetch: async () => 0 })).toBe('')
  })
})
