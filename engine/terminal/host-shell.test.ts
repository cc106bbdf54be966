import { homedir } from 'node:os'
import { expect, test, vi } from 'vitest'
import { openHostShell, type PtyModule, type PtyProcess } from './host-shell'

/** A process of node-pty that does what the test says. */
class FakePty implements PtyProcess {
  readonly calls: string[] = []
  /** Ends when it is hung up. */
  isPolite = true
  print: (text: string) => void = () => undefined
  exit: (exitCode: number) => void = () => undefined

  onData(listener: (text: string) => void): void {
    this.print = listener
  }

  onExit(listener: (exit: { exitCode: number }) => void): void {
    this.exit = (exitCode) => listener({ exitCode })
  }

  write(data: string | Buffer): void {
    this.calls.push(`write ${data}`)
  }

  resize(cols: number, rows: number): void {
    this.calls.push(`resize ${cols} ${rows}`)
  }

  pause(): void {
    this.calls.push('pause')
  }

  resume(): void {
    this.calls.push('resume')
  }

  kill(signal = 'SIGHUP'): void {
    this.calls.push(`kill ${signal}`)
    if (this.isPolite) this.exit(129)
  }
}

async function open() {
  const pty = new FakePty()
  const spawn = vi.fn((..._args: Parameters<PtyModule['spawn']>) => pty)
  const shell = await openHostShell({ cols: 80, rows: 24 }, async () => ({ spawn }))
  return { pty, spawn, shell }
}

test("the user's own shell is opened in their home, with their environment", async () => {
  const { spawn } = await open()
  const [file, args, options] = spawn.mock.calls[0] ?? []
  expect(file).toMatch(/\w/)
  expect(args).toEqual([])
  expect(options).toMatchObject({ cols: 80, rows: 24, cwd: homedir(), env: { PATH: process.env.PATH } })
})

test('output comes out as bytes; keys, sizes and pauses go in', async () => {
  const { pty, shell } = await open()
  const output: Buffer[] = []
  shell.onData((chunk) => output.push(chunk))
  pty.print('é')
  expect(output).toEqual([Buffer.from('é')])
  shell.write('ls\r')
  await shell.resize({ cols: 100, rows: 30 })
  shell.pause()
  shell.resume()
  expect(pty.calls).toEqual(['write ls\r', 'resize 100 30', 'pause', 'resume'])
})

test('the end is the exit code', async () => {
  const { pty, shell } = await open()
  pty.exit(3)
  expect(await shell.ended).toBe(3)
})

test('a shell that hears the hang-up is not killed', async () => {
  const { pty, shell } = await open()
  await shell.kill()
  expect(pty.calls).toEqual(['kill SIGHUP'])
  expect(await shell.ended).toBe(129)
})

test.skipIf(process.platform === 'win32')('a shell that ignores the hang-up is killed', async () => {
  const { pty, shell } = await open()
  pty.isPolite = false
  await shell.kill()
  expect(pty.calls).toEqual(['kill SIGHUP', 'kill SIGKILL'])
})

test('without node-pty the error says what to install', async () => {
  const cause = new Error('Cannot find module')
  const load = async () => {
    throw cause
  }
  await expect(openHostShell({ cols: 80, rows: 24 }, load)).rejects.toMatchObject({
    code: 'capability-missing',
    help: expect.stringContaining('npm rebuild node-pty'),
    cause,
  })
})
