/** The address of the web host: after a restart, in new tabs, for browsers that it does not know. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext } from '@playwright/test'
import { test as base, expect } from './app'
import { violations } from './axe'
import { end, serve } from './serve'

interface Host {
  readonly data: string
  start(): Promise<{ readonly url: string; kill(): Promise<void> }>
}

const test = base.extend<{ host: Host; context: BrowserContext }>({
  host: async ({ shell }, use) => {
    base.skip(shell === 'desktop', 'the desktop app has no web host')
    const data = await mkdtemp(join(tmpdir(), 'capstan-restart-'))
    // These pages need no engine, and an engine that does not exist is not looked for.
    const engine = { mode: 'custom', endpoint: `unix://${join(data, 'none.sock')}`, tlsDirectory: '' }
    const settings = {
      theme: 'system',
      engine,
      timeFactor: null,
      terminal: { fontSize: 13, scrollback: 5000 },
      passMark: 65,
      hostTerminal: false,
      layouts: {},
    }
    await writeFile(join(data, 'settings.json'), JSON.stringify({ version: 1, settings }))
    const hosts: (() => Promise<void>)[] = []
    await use({
      data,
      start: async () => {
        const { url, process } = await serve(data)
        const kill = () => end(process, 'SIGKILL')
        hosts.push(kill)
        return { url, kill }
      },
    })
    for (const kill of hosts) await kill()
    await rm(data, { recursive: true, force: true })
  },
  context: async ({ chromiumBrowser }, use) => {
    const context = await chromiumBrowser.newContext()
    await use(context)
    await context.close()
  },
})

test('a host that was killed and started again: the same tab goes on, with what was chosen meanwhile', async ({
  host,
  context,
}) => {
  const first = await host.start()
  const page = await context.newPage()
  await page.goto(first.url)
  await page.getByRole('link', { name: 'Practice', exact: true }).click()
  await page.getByRole('button', { name: 'Start practice' }).click()
  await page.getByRole('heading', { name: 'Item 1 of 10' }).waitFor()
  expect(page.url()).not.toMatch(/token|key/)
  await first.kill()
  const banner = page.getByText('The connection to Capstan was lost.')
  await expect(banner).toBeVisible()
  await page.getByRole('button', { name: 'Flag', exact: true }).click()
  const second = await host.start()
  expect(second.url).toBe(first.url)
  await expect(banner).toBeHidden()
  await expect(page.getByRole('button', { name: 'Flag', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Item 1 of 10' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Flag', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
})

test('new tabs and bookmarks need no token, and going back does not show it', async ({ host, context }) => {
  const { url } = await host.start()
  const { origin } = new URL(url)
  const page = await context.newPage()
  await page.goto(url)
  await page.getByRole('link', { name: 'Practice', exact: true }).click()
  const tab = await context.newPage()
  await tab.goto(`${origin}/#/practice`)
  await expect(tab.getByRole('button', { name: 'Start practice' })).toBeVisible()
  await page.goBack()
  expect(page.url()).not.toMatch(/token|key/)
})

test('a link of another site opens Capstan too', async ({ host, context }) => {
  const { url } = await host.start()
  const { origin } = new URL(url)
  const page = await context.newPage()
  await page.goto(url)
  await page.getByRole('link', { name: 'Practice', exact: true }).waitFor()
  await context.route('http://elsewhere.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<a href="${origin}/">Capstan</a>` }),
  )
  const other = await context.newPage()
  await other.goto('http://elsewhere.example/')
  await other.getByRole('link', { name: 'Capstan' }).click()
  await expect(other.getByRole('link', { name: 'Practice', exact: true })).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a browser that the host does not know gets a page that says what to do, in ${colorScheme}`, async ({
    host,
    chromiumBrowser,
  }) => {
    const { url } = await host.start()
    const context = await chromiumBrowser.newContext({ javaScriptEnabled: false, colorScheme })
    const page = await context.newPage()
    await page.goto(new URL(url).origin)
    await expect(page.getByRole('heading', { name: 'Capstan does not know this browser yet' })).toBeVisible()
    await expect(page.getByText('Open the address that it has printed')).toBeVisible()
    const background = await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)
    expect(background).toBe(colorScheme === 'dark' ? 'rgb(18, 22, 29)' : 'rgb(247, 248, 250)')
    await context.close()
  })
}

test('axe finds nothing serious on the page for browsers that the host does not know', async ({
  host,
  context,
}) => {
  const { url } = await host.start()
  const page = await context.newPage()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.goto(new URL(url).origin)
    expect(await violations(page)).toEqual([])
  }
})

test('a tab whose token is not that of the host any more says so, and goes on with the new one', async ({
  host,
  context,
}) => {
  const first = await host.start()
  const page = await context.newPage()
  await page.goto(first.url)
  await page.getByRole('link', { name: 'Practice', exact: true }).waitFor()
  await first.kill()
  const { port } = new URL(first.url)
  const token = 'x'.repeat(32)
  await writeFile(join(host.data, 'web-host.json'), JSON.stringify({ port: Number(port), token }))
  const second = await host.start()
  const banner = page.getByText('it no longer knows this browser')
  await expect(banner).toBeVisible()
  const other = await context.newPage()
  await other.goto(second.url)
  await expect(banner).toBeHidden()
})

const WORKER = `addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
addEventListener('fetch', (event) => event.respondWith(new Response('owned by a lab')))`

test('a service worker that a page of a lab has left at the port lets go of it', async ({
  host,
  context,
}) => {
  const lab = createServer((request, response) => {
    const isWorker = request.url === '/worker.js'
    response.setHeader('Content-Type', isWorker ? 'text/javascript' : 'text/html')
    response.end(isWorker ? WORKER : '<title>Lab</title>')
  })
  await new Promise<void>((resolve) => lab.listen(0, '127.0.0.1', resolve))
  const { port } = lab.address() as AddressInfo
  const page = await context.newPage()
  await page.goto(`http://127.0.0.1:${port}/`)
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/worker.js')
    await navigator.serviceWorker.ready
  })
  await page.goto(`http://127.0.0.1:${port}/`)
  await expect(page.getByText('owned by a lab')).toBeVisible()
  lab.closeAllConnections()
  await new Promise((resolve) => lab.close(resolve))

  const token = 'y'.repeat(32)
  const file = join(host.data, 'web-host.json')
  await writeFile(file, JSON.stringify({ port, token }), { mode: 0o600 })
  const { url } = await host.start()
  expect(new URL(url).port).toBe(String(port))
  await page.goto(url)
  await expect(page.getByRole('link', { name: 'Practice', exact: true })).toBeVisible({ timeout: 60_000 })
  const left = await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)
  expect(left).toBe(0)
})
