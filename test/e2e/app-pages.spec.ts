import { expect, test } from './app'
import { violations } from './axe'
import { LabOnPage } from './lab-page'

/** Pages that need no nodes and no attempts, each with a text that is there once it is drawn. */
const BARE = [
  ['paths', 'Follow this path'],
  ['objectives/ORC-05', 'Cheat sheet'],
  ['exam-format', 'Option 1: is this right?'],
] as const

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds nothing serious in the ${theme} theme`, async ({ app: { page } }) => {
    await page.emulateMedia({ colorScheme: theme })
    await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor({ timeout: 90_000 })
    await page.getByRole('button', { name: 'Start: The life of a container' }).waitFor()
    expect(await violations(page)).toEqual([])
    await LabOnPage.openCatalogue(page)
    await page.getByRole('button', { name: 'Start: The life of a container' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    await page.getByText('Docker Engine 2').waitFor()
    expect(await violations(page)).toEqual([])
    for (const [route, text] of BARE) {
      await page.evaluate((hash) => {
        window.location.hash = `/${hash}`
      }, route)
      await page.getByText(text).first().waitFor()
      expect(await violations(page), route).toEqual([])
    }
    await LabOnPage.openCatalogue(page)
    await LabOnPage.start(page, 'The life of a container')
    expect(await violations(page)).toEqual([])
  })
}

test('the catalogue is searched and filtered by keyboard', async ({ app: { page } }) => {
  await LabOnPage.openCatalogue(page)
  await page.getByRole('searchbox', { name: 'Search labs' }).focus()
  await page.keyboard.type('firewall')
  await expect(page.getByRole('heading', { level: 3 })).toHaveText(['Ports and the rules behind them'])
  await page.keyboard.press('Control+A')
  await page.keyboard.type('no such lab')
  await expect(page.getByText('No lab fits these filters.')).toBeVisible()
  await page.getByRole('button', { name: 'Show all labs' }).press('Enter')
  await expect(page.getByRole('heading', { level: 3 })).not.toHaveCount(0)
})

test('F6 goes round the panes and the terminal is no trap', async ({ app: { page } }) => {
  await LabOnPage.start(page, 'The life of a container')
  const paneWithFocus = () =>
    page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane'))
  await page.locator('.xterm-helper-textarea').focus()
  for (const pane of ['nodes', 'instructions', 'terminal']) {
    await page.keyboard.press('F6')
    expect(await paneWithFocus()).toBe(pane)
    if (pane !== 'terminal') await expect(page.locator(':focus')).toHaveCSS('outline-style', 'solid')
  }
})

test('a file is written in the editor and read in the terminal', async ({ app: { page } }) => {
  const lab = await LabOnPage.start(page, 'The life of a container')
  await lab.write('notes/hello.txt', 'written in the editor')
  await page.keyboard.press('Control+S')
  await expect(page.getByRole('tab', { name: 'hello.txt', exact: true })).toBeVisible()
  await lab.type('cat notes/hello.txt; echo')
  expect(await lab.screen()).toContain('written in the editor')
})

test('text that was not saved outlives a reload, and a host that is killed and started again', async ({
  app: { page, restart },
  shell,
}) => {
  test.skip(shell === 'desktop', 'the window of the desktop app ends with its host')
  const lab = await LabOnPage.start(page, 'Ports and the rules behind them')
  await lab.write('kept.txt', 'typed before')
  const unsaved = page.getByRole('tab', { name: /not saved/ })
  await expect(unsaved).toBeVisible()
  await page.reload()
  await expect(unsaved).toBeVisible()
  await restart()
  await expect(page.locator('.banner')).toBeHidden()
  await expect(unsaved).toBeVisible()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(unsaved).toBeHidden()
  await page.getByRole('button', { name: 'Close /root/kept.txt' }).click()
  await page.getByRole('row', { name: 'kept.txt' }).click()
  await expect(page.getByTestId('text-editor')).toContainText('typed before')
})

test('clicking Run types the code into the terminal', async ({ app: { page } }) => {
  const lab = await LabOnPage.start(page, 'The life of a container')
  await page.getByRole('button', { name: /^Run: docker create/ }).click()
  await expect.poll(() => lab.screen()).toContain('docker rm try')
})

test('the page may not be framed, and scripts come from its own files only', async ({
  app: { page },
  shell,
}) => {
  test.skip(shell === 'desktop', 'the desktop page has no server')
  const response = await page.request.get(page.url().replace(/#.*/, ''))
  const policy = response.headers()['content-security-policy'] ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(page.url()).not.toContain('token=')
})
