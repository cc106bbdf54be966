/** What comes from the registry: pinned by hashes, and nothing of it runs while it is installed. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BUILT } from '../../setup/dependencies.mjs'
import { ROOT } from './planted'

interface LockedPackage {
  readonly integrity?: string
  readonly hasInstallScript?: boolean
}

const { packages }: { readonly packages: Readonly<Record<string, LockedPackage>> } = JSON.parse(
  readFileSync(join(ROOT, 'package-lock.json'), 'utf8'),
)
const locked = Object.entries(packages).filter(([path]) => path !== '')

describe('the lockfile', () => {
  it('has a hash for each package', () => {
    expect(locked.length).toBeGreaterThan(400)
    expect(locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([])
  })

  it('has only install scripts that somebody has looked at', () => {
    const withScripts = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)
    // The first and the last are not run. Only node-pty needs its script, which compiles it.
    expect(withScripts).toEqual([
      'node_modules/electron-winstaller',
      'node_modules/node-pty',
      'node_modules/protobufjs',
    ])
    expect(BUILT).toEqual(['node-pty'])
  })
})
