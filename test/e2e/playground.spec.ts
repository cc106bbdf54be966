import { deflateRawSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { expect, test } from './app'
import { violations } from './axe'
import { LabOnPage } from './lab-page'

const COMPOSE = `services:
  web:
    image: nginx:alpine
    deploy: { endpoint_mode: dnsrr }
    ports: [{ target: 80, published: 8080, mode: host }]
`
const LINK = `capstan://playground?managers=1&workers=0&swarm=0&name=From+a+link&compose=${deflateRawSync(COMPOSE).toString('base64url')}`

async function openPlaygrounds(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Playground', exact: true }).click()
  await page.getByRole('heading', { name: 'New playground' }).waitFor({ timeout: 90_000 })
}

const node = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) })

test('a playground grows, takes a stack, is saved, and is there another day', async ({ app }) => {
  test.setTimeout(300_000)
  const { page } = app
  await openPlaygrounds(page)
  await page.getByRole('button', { name: 'A manager and a worker' }).click()
  await page.getByLabel('Name', { exact: true }).fill('My swarm')
  await page.getByRole('button', { name: 'Start the playground' }).click()
  const bench = new LabOnPage(page)
  await bench.promptIsBack()
  await expect(node(page, 'worker1')).toBeVisible()

  await page.getByRole('button', { name: 'Nodes', exact: true }).click()
  await page.getByRole('button', { name: 'Add the node' }).click()
  await expect(page.getByRole('button', { name: 'Remove worker2' })).toBeVisible({ timeout: 60_000 })
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await bench.type('docker node ls')
  expect(await bench.screen()).toMatch(/worker2 +Ready/)

  await page.getByRole('button', { name: 'Compose file' }).click()
  await page.getByLabel('Name of the stack').fill('web')
  await page.getByLabel('Text of the file').fill(COMPOSE)
  await page.getByRole('button', { name: 'Deploy', exact: true }).click()
  await expect.poll(() => bench.screen(), { timeout: 60_000 }).toContain('Creating service web_web')
  await expect(page.getByRole('list', { name: 'Nodes' })).toContainText(':8080', { timeout: 90_000 })
  await bench.type('echo kept > /root/note')

  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const row = page.getByRole('listitem').filter({ hasText: 'My swarm' })
  await expect(row).toContainText('saved', { timeout: 60_000 })
  await expect(row).toContainText('3 nodes')
  await row.getByRole('button', { name: 'Continue My swarm' }).click()
  await bench.promptIsBack()
  await bench.type('cat /root/note')
  expect(await bench.screen()).toMatch(/^kept/m)

  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('None yet.')).toBeVisible({ timeout: 60_000 })
})

test('a link shows what it asks for, and nothing runs before the person says so', async ({ app }) => {
  test.setTimeout(180_000)
  const { page } = app
  await openPlaygrounds(page)
  await page.getByRole('textbox', { name: 'Link' }).fill('https://example.org/x')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByRole('alert')).toHaveText('This is no link to a playground, a lab or an objective.')
  await page.getByRole('textbox', { name: 'Link' }).fill(LINK)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByText('A link asks for this playground.')).toBeVisible()
  await expect(page.getByText('image: nginx:alpine')).toBeVisible()
  await expect(page.getByText('None yet.')).toBeVisible()
  expect(await violations(page)).toEqual([])

  await page.getByRole('button', { name: 'Start the playground' }).click()
  const dialog = page.getByRole('dialog', { name: 'Deploy a compose file' })
  await expect(dialog.getByLabel('Text of the file')).toHaveValue(COMPOSE, { timeout: 60_000 })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  const bench = new LabOnPage(page)
  await bench.promptIsBack()
  await bench.type('ls /root | wc -l; docker ps -q | wc -l')
  expect(await bench.screen()).toMatch(/^0\n0$/m)
})
