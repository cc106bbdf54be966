/** xterm.js alone: what the library does with a text that is in the page's memory already. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ROOT } from '../e2e/serve'

const SOURCE = join(ROOT, 'node_modules/@xterm/xterm/lib/xterm.js')
/** It is fed in pieces of this many bytes, as a program that reads a file or a socket would. */
const PIECE = 65_536

export interface AloneOptions {
  readonly cols: number
  readonly rows: number
  readonly scrollback: number
}

interface Alone {
  readonly Terminal: new (
    options: AloneOptions,
  ) => {
    open(place: HTMLElement): void
    write(data: Uint8Array, done?: () => void): void
    dispose(): void
  }
  aloneBytes: Uint8Array
}

/** Puts xterm.js and the bytes into the page. */
export async function loadAlone(page: Page, bytes: Buffer): Promise<void> {
  await page.evaluate(await readFile(SOURCE, 'utf8'))
  await page.evaluate((text) => {
    const alone = window as unknown as Alone
    alone.aloneBytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  }, bytes.toString('base64'))
}

/** The seconds from the first byte until the screen is drawn, over the app's own page. */
export async function streamAlone(page: Page, options: AloneOptions): Promise<number> {
  await page.bringToFront()
  return await page.evaluate(
    async ({ size, piece }) => {
      const { Terminal, aloneBytes: bytes } = window as unknown as Alone
      const place = document.createElement('div')
      place.style.cssText = 'position: fixed; inset: 0; z-index: 9999; background: black'
      document.body.append(place)
      const terminal = new Terminal(size)
      terminal.open(place)
      await new Promise(requestAnimationFrame)
      const started = performance.now()
      await new Promise<void>((done) => {
        for (let at = 0; at < bytes.length; at += piece)
          terminal.write(
            bytes.subarray(at, at + piece),
            at + piece >= bytes.length ? () => done() : undefined,
          )
      })
      // The last line is drawn in the next frame.
      await new Promise(requestAnimationFrame)
      const seconds = (performance.now() - started) / 1000
      terminal.dispose()
      place.remove()
      return seconds
    },
    { size: options, piece: PIECE },
  )
}
