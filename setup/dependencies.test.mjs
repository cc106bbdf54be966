import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ensureDependencies } from './dependencies.mjs'
import { folderWith, write } from './folder.test-kit.mjs'

/** An installation that counts how often it runs. */
function counted(root) {
  const install = async () => {
    install.times += 1
    write(root, 'node_modules/tool/package.json', '{}')
  }
  install.times = 0
  return install
}

describe('ensureDependencies', () => {
  it('installs into a fresh clone, and only once', async () => {
    const root = folderWith({ 'package-lock.json': '{"v":1}' })
    const install = counted(root)
    await ensureDependencies({ root, install })
    await ensureDependencies({ root, install })
    expect(install.times).toBe(1)
  })

  it('installs again when the lockfile has changed', async () => {
    const root = folderWith({ 'package-lock.json': '{"v":1}' })
    const install = counted(root)
    await ensureDependencies({ root, install })
    write(root, 'package-lock.json', '{"v":2}')
    await ensureDependencies({ root, install })
    expect(install.times).toBe(2)
  })

  it('installs again when the packages are gone', async () => {
    const root = folderWith({ 'package-lock.json': '{"v":1}' })
    const install = counted(root)
    await ensureDependencies({ root, install })
    rmSync(join(root, 'node_modules'), { recursive: true })
    await ensureDependencies({ root, install })
    expect(install.times).toBe(2)
  })

  it('leaves no mark when the installation fails, so that the next run tries again', async () => {
    const root = folderWith({ 'package-lock.json': '{"v":1}', 'node_modules/half/package.json': '{}' })
    const failing = ensureDependencies({ root, install: () => Promise.reject(new Error('no network')) })
    await expect(failing).rejects.toThrow('no network')
    expect(existsSync(join(root, 'node_modules/.capstan-lock'))).toBe(false)
    const install = counted(root)
    await ensureDependencies({ root, install })
    expect(install.times).toBe(1)
  })
})
