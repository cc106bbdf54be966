/** Doors to web servers in nodes, in a real browser: the pages of a lab work, and no other site gets in. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { chromium, expect, type Page } from '@playwright/test'
import { WebSocketServer } from 'ws'
import { Door } from '../../main/services/labs/previews/door'
import { securityHeaders } from '../../main/web'
import { test as base } from './app'

const test = base.extend<{ page: Page }>({
  page: async ({ chromiumBrowser }, use) => {
    const page = await chromiumBrowser.newPage()
    await use(page)
    await page.context().close()
  },
})
test.skip(({ shell }) => shell === 'desktop', 'a browser has what is tested here')

const cleanUps: (() => void)[] = []
test.afterEach(() => {
  for (const cleanUp of cleanUps.splice(0).reverse()) cleanUp()
})

async function serve(listener: RequestListener): Promise<{ server: Server; port: number }> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanUps.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return { server, port: (server.address() as AddressInfo).port }
}

const LAB_PAGE = `<!doctype html><title>lab</title><link rel="stylesheet" href="/style.css"><h1>Lab</h1>
<form method="post" action="/post"><input name="word" value="hello"><button>Send</button></form>
<a href="/moved">Moved</a><p id="socket"></p>
<script>new WebSocket('ws://' + location.host).onmessage = ({ data }) => { socket.textContent = data }</script>`

/** A web server in a node, with a page as students make them. */
async function labServer() {
  const seen: IncomingMessage[] = []
  const { server, port } = await serve(async (request, response) => {
    seen.push(request)
    const { url, method, headers } = request
    if (url === '/style.css')
      return response.setHeader('Content-Type', 'text/css').end('h1 { color: rgb(1, 2, 3) }')
    if (url === '/moved') return response.writeHead(302, { Location: `http://${headers.host}/there` }).end()
    response.setHeader('Content-Type', 'text/html').setHeader('Set-Cookie', 'user=ada; HttpOnly')
    if (method === 'POST') return response.end(`${await text(request)} from ${headers.cookie}`)
    response.end(url === '/' ? LAB_PAGE : `You are at ${url}`)
  })
  new WebSocketServer({ server }).on('connection', (socket) => socket.send('socket works'))
  const dial = async () => {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return socket
  }
  const door = await Door.open({ node: 'web', port: 8080, dial })
  cleanUps.push(() => door.close())
  return { door, seen }
}

/** A page as Capstan's own: of 127.0.0.1, with the headers of the web host. */
async function openApp(page: Page, { url }: Door): Promise<void> {
  const { port } = await serve((_request, response) => {
    response.writeHead(200, { ...securityHeaders(''), 'Content-Type': 'text/html' })
    response.end(`<iframe src="${url}" sandbox="allow-scripts allow-forms allow-same-origin" referrerpolicy="no-referrer">
      </iframe><a href="${url}" target="_blank" rel="noreferrer">Open</a>`)
  })
  await page.goto(`http://127.0.0.1:${port}/`)
}

test('a page with assets, a form, a cookie, a redirect and a WebSocket works in the frame', async ({
  page,
}) => {
  const { door, seen } = await labServer()
  await openApp(page, door)
  const lab = page.frameLocator('iframe')
  await expect(lab.locator('h1')).toHaveCSS('color', 'rgb(1, 2, 3)')
  await expect(lab.locator('#socket')).toHaveText('socket works')
  await lab.locator('button').click()
  await expect(lab.locator('body')).toHaveText('word=hello from user=ada')
  await page.reload()
  await lab.locator('a').click()
  await expect(lab.locator('body')).toHaveText('You are at /there')
  const secret = new URL(door.url).hostname.split('.')[0] ?? ''
  for (const { rawHeaders } of seen) expect(rawHeaders.join()).not.toContain(secret)
})

test('the same page works in a tab of its own', async ({ page }) => {
  const { door } = await labServer()
  await openApp(page, door)
  const [tab] = await Promise.all([page.waitForEvent('popup'), page.getByText('Open').click()])
  await expect(tab.locator('#socket')).toHaveText('socket works')
  await tab.locator('button').click()
  await expect(tab.locator('body')).toHaveText('word=hello from user=ada')
})

test('a page of another site that knows the name of a door gets nothing, and nothing gets through', async ({
  page,
}) => {
  const { door, seen } = await labServer()
  const { origin, host } = new URL(door.url)
  const { port } = await serve((_request, response) => {
    response
      .setHeader('Content-Type', 'text/html')
      .end(`<img src="${origin}/image"><script src="${origin}/script"></script>
      <iframe src="${origin}/frame"></iframe><form method="post" action="${origin}/form" target="posted"></form>
      <iframe name="posted"></iframe><script>
      const tries = [
        fetch('${origin}/cors'), fetch('${origin}/no-cors', { mode: 'no-cors', method: 'POST' }),
        new Promise((resolve, reject) => {
          const socket = new WebSocket('ws://${host}/')
          socket.onopen = resolve
          socket.onerror = reject
        }),
      ]
      document.forms[0].submit()
      Promise.allSettled(tries).then((all) => { document.title = all.map(({ status }) => status).join() })
      </script>`)
  })
  await page.goto(`http://localhost:${port}/`)
  // The answer to a request without CORS cannot be read; here it is the refusal.
  await expect(page).toHaveTitle('rejected,fulfilled,rejected')
  await expect(page.frameLocator('iframe >> nth=0').locator('body')).toContainText(
    'Other sites do not get in.',
  )
  await expect(page.frameLocator('iframe >> nth=1').locator('body')).toContainText(
    'Other sites do not get in.',
  )
  expect(seen).toEqual([])
})

test('a name that resolves to this machine does not reach a door', async () => {
  const { door, seen } = await labServer()
  const { port } = new URL(door.url)
  const executablePath = process.env.CAPSTAN_CHROMIUM
  const browser = await chromium.launch({
    args: ['--no-sandbox', '--host-resolver-rules=MAP evil.example 127.0.0.1'],
    ...(executablePath && { executablePath }),
  })
  try {
    const page = await browser.newPage()
    const answer = await page.goto(`http://evil.example:${port}/`)
    expect(answer?.status()).toBe(421)
    expect(await page.evaluate(async () => await (await fetch('/')).text())).toContain(
      'This name is not ours.',
    )
    expect(seen).toEqual([])
  } finally {
    await browser.close()
  }
})
