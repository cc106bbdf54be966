import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { folderWith } from './folder.test-kit.mjs'
import { mustRun, npmCommand, packageScript, ROOT, run, runToFile } from './run.mjs'

const node = (code) => ['-e', code]

describe('the folder of the project', () => {
  it('is the one that holds package.json', () => {
    expect(existsSync(join(ROOT, 'package.json'))).toBe(true)
  })

  it.each(['plain', 'with space', 'umlaut ü', 'hash#1', 'percent %20', "quote'"])(
    'is found when its name is "%s"',
    (name) => {
      const folder = join(folderWith(), name)
      cpSync(fileURLToPath(new URL('.', import.meta.url)), join(folder, 'setup'), { recursive: true })
      const url = JSON.stringify(pathToFileURL(join(folder, 'setup/run.mjs')).href)
      const script = `process.stdout.write((await import(${url})).ROOT)`
      const args = ['--input-type=module', '-e', script]
      expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe(folder)
    },
  )
})

describe('run', () => {
  it('returns the exit code', async () => {
    expect(await run(process.execPath, node('process.exit(7)'))).toBe(7)
  })

  it('runs in the folder of the project', async () => {
    const code = `process.exit(process.cwd() === ${JSON.stringify(ROOT)} ? 0 : 1)`
    expect(await run(process.execPath, node(code))).toBe(0)
  })

  it.skipIf(process.platform === 'win32')('returns 1 for a program that a signal ended', async () => {
    expect(await run(process.execPath, node("process.kill(process.pid, 'SIGKILL')"))).toBe(1)
  })

  it('rejects when there is no such program', async () => {
    await expect(run('capstan-has-no-such-program', [])).rejects.toThrow('ENOENT')
  })
})

describe('mustRun', () => {
  it('is silent about a program that ends well', async () => {
    await expect(mustRun(process.execPath, node(''))).resolves.toBeUndefined()
  })

  it('names the program, its code and what to do', async () => {
    const failing = mustRun(process.execPath, node('process.exit(3)'), { help: 'Check the network.' })
    await expect(failing).rejects.toThrow(/process\.exit\(3\) ended with 3\. Check the network\.$/)
  })
})

describe('runToFile', () => {
  it('writes standard output to the file, and nothing else', async () => {
    const file = join(folderWith(), 'out with space.json')
    const code = await runToFile(process.execPath, node("process.stdout.write('{}')"), file)
    expect(code).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe('{}')
  })

  it('keeps what a program that failed has written', async () => {
    const file = join(folderWith(), 'out.json')
    const text = "process.stdout.write('half'); process.exitCode = 2"
    expect(await runToFile(process.execPath, node(text), file)).toBe(2)
    expect(readFileSync(file, 'utf8')).toBe('half')
  })
})

describe('handOver', () => {
  const script = (child) => `
    import { handOver } from ${JSON.stringify(new URL('./run.mjs', import.meta.url).href)}
    await handOver(process.execPath, ['-e', ${JSON.stringify(child)}])`

  const started = (child) =>
    spawn(process.execPath, ['--input-type=module', '-e', script(child)], { stdio: 'pipe' })

  const ended = (child) => new Promise((resolve) => child.once('exit', (code) => resolve(code)))

  it('ends with the code of the program', async () => {
    expect(await ended(started('process.exitCode = 5'))).toBe(5)
  })

  it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'])(
    'passes %s on to the program',
    async (signal) => {
      const child = started(`
        process.on('${signal}', () => process.exit(9))
        process.stdout.write('ready')
        setInterval(() => undefined, 1000)`)
      await new Promise((resolve) => child.stdout.once('data', resolve))
      child.kill(signal)
      expect(await ended(child)).toBe(9)
    },
  )
})

describe('packageScript', () => {
  const manifest = (bin) => JSON.stringify({ name: 'tool', bin })

  it('finds the command that has the name of the package', () => {
    const root = folderWith({ 'node_modules/tool/package.json': manifest({ tool: 'bin/tool.js' }) })
    expect(packageScript('tool', { root })).toBe(join(root, 'node_modules/tool/bin/tool.js'))
  })

  it('finds the only command of a package with a scope', () => {
    const root = folderWith({ 'node_modules/@us/tool/package.json': manifest('cli.mjs') })
    expect(packageScript('@us/tool', { root })).toBe(join(root, 'node_modules/@us/tool/cli.mjs'))
  })

  it('finds a command with another name', () => {
    const root = folderWith({ 'node_modules/tool/package.json': manifest({ cut: 'cut.js' }) })
    expect(packageScript('tool', { command: 'cut', root })).toBe(join(root, 'node_modules/tool/cut.js'))
  })

  it.each([[{ other: 'x.js' }], [undefined]])('refuses a package without the command: %j', (bin) => {
    const root = folderWith({ 'node_modules/tool/package.json': manifest(bin) })
    expect(() => packageScript('tool', { root })).toThrow('The package tool has no command "tool".')
  })

  it.each([
    ['@biomejs/biome', undefined],
    ['@playwright/test', 'playwright'],
    ['dependency-cruiser', 'depcruise'],
    ['typescript', 'tsc'],
    ['vite', undefined],
    ['vitest', undefined],
  ])('finds a script for Node in %s', (name, command) => {
    const text = readFileSync(packageScript(name, { command }), 'utf8')
    expect(text).toMatch(/^#!\/usr\/bin\/env node/)
  })
})

describe('npmCommand', () => {
  const linux = { execPath: '/usr/bin/node', platform: 'linux' }

  it('takes the npm that runs this script', () => {
    const npmScript = '/opt/npm/bin/npm-cli.js'
    const found = npmCommand({ ...linux, npmScript, exists: () => true })
    expect(found).toEqual({ command: '/usr/bin/node', args: [npmScript], shell: false })
  })

  it('takes the npm of this Node when another package manager runs this script', () => {
    const found = npmCommand({ ...linux, npmScript: '/opt/yarn/bin/yarn.js', exists: () => true })
    expect(found.args).toEqual([join('/usr/bin', '../lib/node_modules/npm/bin/npm-cli.js')])
  })

  it('takes the npm beside the Node of Windows', () => {
    const beside = join('/node', 'node_modules/npm/bin/npm-cli.js')
    const exists = (path) => path === beside
    const found = npmCommand({ execPath: '/node/node.exe', npmScript: undefined, platform: 'win32', exists })
    expect(found).toEqual({ command: '/node/node.exe', args: [beside], shell: false })
  })

  it.each([
    ['linux', { command: 'npm', args: [], shell: false }],
    ['darwin', { command: 'npm', args: [], shell: false }],
    ['win32', { command: 'npm.cmd', args: [], shell: true }],
  ])('runs npm by its name on %s when its script is not found', (platform, command) => {
    const nowhere = { execPath: '/x/node', npmScript: undefined, platform, exists: () => false }
    expect(npmCommand(nowhere)).toEqual(command)
  })
})
