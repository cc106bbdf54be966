/** A student works at the bench: terminals side by side, nodes that stop and come back, keys, and the editor. */
import { readFile } from 'node:fs/promises'
import { expect, test } from './app'
import { LabOnPage } from './lab-page'

const ONE_NODE = 'Ports and the rules behind them'
const THREE_NODES = 'Services, tasks and self-healing'

test('all nodes at once, and a node that stops keeps its terminal with what was printed', async ({
  app: { page },
}) => {
  test.setTimeout(240_000)
  await LabOnPage.start(page, THREE_NODES)
  await expect(page.getByRole('button', { name: /^Close terminal/ })).toHaveCount(3)
  await page.getByRole('button', { name: 'Layout of the terminals' }).click()
  await page.getByRole('menuitem', { name: 'All nodes at once' }).click()
  const terminal = (name: string) => page.getByRole('region', { name: `Terminal ${name}`, exact: true })
  for (const name of ['manager1', 'worker1', 'worker2']) await expect(terminal(name)).toBeVisible()

  await terminal('worker2').locator('.xterm-helper-textarea').focus()
  await page.keyboard.type('echo before-the-stop\n')
  await expect(terminal('worker2').locator('.xterm-rows')).toContainText(/before-the-stop.*before-the-stop/)
  const node = page.getByRole('list', { name: 'Nodes' }).getByRole('button', { name: /^worker2/ })
  await node.click()
  await page.getByRole('menuitem', { name: 'Kill' }).click()
  await expect(terminal('worker2').getByText('[worker2 is off]')).toBeVisible()
  await expect(terminal('worker2').locator('.xterm-rows')).toContainText('before-the-stop')
  await expect(terminal('manager1')).toBeVisible()

  await terminal('worker2').getByRole('button', { name: 'Start' }).click()
  await expect(terminal('worker2').locator('.xterm-rows')).toContainText('[a new shell]', { timeout: 60_000 })
  await expect(terminal('worker2').locator('.xterm-rows')).toContainText('before-the-stop')
  await terminal('worker2').locator('.xterm-helper-textarea').focus()
  await page.keyboard.type('echo after-the-start\n')
  await expect(terminal('worker2').locator('.xterm-rows')).toContainText(/after-the-start.*after-the-start/)

  await page.reload()
  for (const name of ['manager1', 'worker1', 'worker2']) await expect(terminal(name)).toBeVisible()
  await expect(terminal('worker2').locator('.xterm-rows')).toContainText('before-the-stop')
})

test('Ctrl+V pastes, keys change the font, and a setting serves screen readers', async ({ app }) => {
  const { page } = app
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const lab = await LabOnPage.start(page, ONE_NODE)
  await page.evaluate(() => navigator.clipboard.writeText('echo pasted-$((6*7))'))
  await page.locator('.terminal-view:not([hidden]) .xterm-helper-textarea').focus()
  await page.keyboard.press('Control+v')
  await page.keyboard.press('Enter')
  await expect.poll(() => lab.screen()).toContain('pasted-42')

  const size = () => page.locator('.xterm-rows').evaluate((rows) => getComputedStyle(rows).fontSize)
  expect(await size()).toBe('14px')
  await page.keyboard.press('Control+=')
  await expect.poll(size).toBe('15px')
  await page.keyboard.press('Control+-')
  await page.keyboard.press('Control+-')
  await expect.poll(size).toBe('13px')
  await page.keyboard.press('Control+0')
  await expect.poll(size).toBe('14px')

  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await page.getByRole('checkbox', { name: /screen readers/ }).check()
  await page.goBack()
  await expect(page.locator('.xterm-accessibility-tree')).toContainText('pasted-42')
})

test('the editor keeps unsaved text, notices the shell, and never overwrites it', async ({
  app: { page },
}) => {
  test.setTimeout(240_000)
  const lab = await LabOnPage.start(page, ONE_NODE)
  await lab.write('notes.txt', 'first')
  const tab = (name: string | RegExp) => page.getByRole('tab', { name })
  const unsaved = tab(/notes\.txt not saved/)
  await page.keyboard.press('Control+s')
  await expect(unsaved).toHaveCount(0)

  await lab.type('echo from the shell > notes.txt; touch made-by-the-shell')
  await expect(page.getByTestId('text-editor')).toContainText('from the shell')
  await expect(page.getByRole('row', { name: 'made-by-the-shell' })).toBeVisible()

  await page.getByTestId('text-editor').click()
  await page.keyboard.type('mine ')
  await expect(unsaved).toBeVisible()
  await page.reload()
  await expect(unsaved).toBeVisible({ timeout: 60_000 })
  await lab.type('echo theirs > notes.txt')
  await page.getByRole('button', { name: 'Compare' }).click()
  await expect(page.getByRole('region', { name: 'Comparison of /root/notes.txt' })).toContainText('theirs')
  await page.getByRole('button', { name: 'Keep mine' }).click()
  await expect(unsaved).toHaveCount(0)
  await lab.type('cat notes.txt')
  expect(await lab.screen()).toMatch(/mine from the shell|from the shell\s*mine/)

  await page.getByTestId('text-editor').click()
  await page.keyboard.type('more')
  await page.getByRole('button', { name: 'Close /root/notes.txt' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await expect(unsaved).toBeVisible()
})

test('other folders are opened, and files go in and out as they are', async ({ app: { page } }) => {
  const lab = await LabOnPage.start(page, ONE_NODE)
  await lab.type('mkdir -p /etc/docker; echo "{}" > /etc/docker/daemon.json')
  await page.getByRole('button', { name: 'Editor' }).click()
  const place = page.getByRole('textbox', { name: 'Folder or file' })
  await place.fill('/etc/docker')
  await place.press('Enter')
  await page.getByRole('row', { name: 'daemon.json' }).click()
  await expect(page.getByTestId('text-editor')).toContainText('{}', { timeout: 30_000 })

  const bytes = Buffer.from(Array.from({ length: 500_000 }, (_, at) => (at * 31) % 256))
  await page
    .getByLabel('Files to upload')
    .setInputFiles({ name: 'image.bin', mimeType: 'application/octet-stream', buffer: bytes })
  await expect(page.getByRole('row', { name: 'image.bin' })).toBeVisible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    (async () => {
      await page.getByRole('row', { name: 'image.bin' }).hover()
      await page.getByRole('button', { name: 'What to do with image.bin' }).click()
      await page.getByRole('menuitem', { name: 'Download' }).click()
    })(),
  ])
  expect(await readFile(await download.path())).toEqual(bytes)
})
