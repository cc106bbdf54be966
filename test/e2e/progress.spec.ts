import { readFile } from 'node:fs/promises'
import type { Download, Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { expect, test } from './app'
import { violations } from './axe'

async function open(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Progress', exact: true }).click()
  await page.getByRole('heading', { name: 'Progress', level: 1 }).waitFor()
}

async function textOf(download: Download): Promise<string> {
  return await readFile(await download.path(), 'utf8')
}

test.describe('with nothing done yet', () => {
  test('the page says what to do first, and begins it', async ({ app: { page } }) => {
    await open(page)
    await expect(page.getByRole('heading', { name: 'Nothing to show yet' })).toBeVisible()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Begin a short practice' }).click()
    await expect(page).toHaveURL(/#\/exam\/[0-9a-f]+/)
  })
})

/** An exam in which only the first items were wrong, and a later practice. */
const MISSED = 4
test.describe('with attempts', () => {
  test.use({
    seeded: {
      attempts: [
        { id: 'exam', mode: 'real', daysAgo: 9, length: 55, knows: (_item, index) => index >= MISSED },
        { id: 'practice', mode: 'practice', daysAgo: 2, length: 18, knows: () => true },
      ],
    },
  })

  for (const colorScheme of ['dark', 'light'] as const) {
    test(`axe finds nothing in the ${colorScheme} theme, wide and narrow`, async ({ app: { page } }) => {
      await page.emulateMedia({ colorScheme })
      await open(page)
      await page.getByText('Likely between').waitFor()
      await page.getByTestId('domain-networking').locator('summary').click()
      await page.getByText('How this is estimated').click()
      expect(await violations(page)).toEqual([])
      await page.setViewportSize({ width: 390, height: 800 })
      await page.getByRole('button', { name: 'Show as a table: By domain' }).click()
      await page.getByRole('button', { name: 'Show as a table: Scores so far' }).click()
      expect(await violations(page)).toEqual([])
      const overflow = await page.evaluate(() => {
        const main = document.getElementById('main')
        return (main?.scrollWidth ?? 0) - (main?.clientWidth ?? 0)
      })
      expect(overflow).toBe(0)
      await page.getByRole('link', { name: 'See how each item does' }).click()
      await page.getByRole('table', { name: 'Statistics of items' }).waitFor()
      expect(await violations(page)).toEqual([])
    })
  }

  test('readiness is said in words, and each chart is a table too', async ({ app: { page } }) => {
    await open(page)
    await expect(page.getByText('You look ready')).toBeVisible()
    await expect(page.getByText(/^Likely between \d+\s% and \d+\s%; the pass mark is 65\s%\.$/)).toBeVisible()
    const chart = page.getByRole('img', { name: /^Scores of 2 attempts, 2 at or above/ })
    await expect(chart).toBeVisible()
    await page.getByRole('button', { name: 'Show as a table: Scores so far' }).press('Enter')
    await expect(chart).toBeHidden()
    const scores = page.getByRole('table', { name: 'Scores' })
    await expect(scores.getByRole('row')).toHaveCount(3)
    await expect(scores.getByRole('row').nth(1)).toContainText('Practice18 of 18100 %')
    await expect(scores.getByRole('row').nth(2)).toContainText('Mock exam51 of 5593 %')
    await page.getByRole('button', { name: 'Show as a table: By domain' }).press('Enter')
    const domains = page.getByRole('table', { name: 'Readiness by domain and objective' })
    await expect(domains.getByRole('row', { name: /^Networking 15 %/ })).toContainText(
      /\d+\s%\d+–\d+\s%\d+ items/,
    )
    await expect(domains.getByRole('row', { name: /NET-05/ })).toBeVisible()
  })

  test('a review drill has the items that are due', async ({ app: { page } }) => {
    await open(page)
    await page.getByText(`All ${MISSED} questions in review`).click()
    await expect(page.getByText('missed once, due now')).toHaveCount(MISSED)
    await page.getByRole('button', { name: `Review ${MISSED} questions now` }).press('Enter')
    await expect(page).toHaveURL(/#\/exam\/[0-9a-f]+/)
  })

  test('an objective is drilled from its domain', async ({ app: { page } }) => {
    await open(page)
    await page.getByTestId('domain-storage').locator('summary').press('Enter')
    await page.getByRole('button', { name: 'Drill this: Graph drivers per operating system' }).press('Enter')
    await expect(page).toHaveURL(/#\/exam\/[0-9a-f]+/)
  })

  test('progress is exported as CSV and JSON, and on paper', async ({ app: { page } }) => {
    await open(page)
    const [csv] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV' }).click(),
    ])
    const rows: Record<string, string>[] = parse(await textOf(csv), { columns: true })
    expect(rows).toHaveLength(55 + 18)
    expect(rows.filter(({ right }) => right === 'no')).toHaveLength(MISSED)
    const [json] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'JSON' }).click(),
    ])
    expect(json.suggestedFilename()).toMatch(/^capstan-progress-.*\.json$/)
    const { attempts } = JSON.parse(await textOf(json))
    expect(attempts.map(({ id }: { id: string }) => id)).toEqual(['exam', 'practice'])
    await page.emulateMedia({ media: 'print' })
    await expect(page.getByRole('table', { name: 'Scores' })).toBeVisible()
    await expect(page.getByRole('img', { name: /^Scores of/ })).toBeVisible()
    await expect(page.getByRole('button', { name: 'CSV' })).toBeHidden()
    await expect(page.getByRole('banner')).toBeHidden()
  })

  test('items are sorted, and few answers are called few', async ({ app: { page } }) => {
    await open(page)
    await page.getByRole('link', { name: 'See how each item does' }).click()
    await expect(page.getByText('Few attempts say little')).toBeVisible()
    await page.getByRole('button', { name: 'Right' }).press('Enter')
    const column = page.getByRole('columnheader', { name: 'Right' })
    await expect(column).toHaveAttribute('aria-sort', 'descending')
    await column.getByRole('button').press('Enter')
    await expect(column).toHaveAttribute('aria-sort', 'ascending')
    await expect(page.getByRole('row').nth(1).getByRole('cell').nth(1)).toHaveText('0 %')
  })

  test('everything is exported, reset, and imported again', async ({ app: { page } }) => {
    await open(page)
    const [everything] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export everything' }).click(),
    ])
    expect(everything.suggestedFilename()).toMatch(/^capstan-everything-.*\.json$/)
    const file = {
      name: 'everything.json',
      mimeType: 'application/json',
      buffer: await readFile(await everything.path()),
    }
    await page.getByRole('button', { name: 'Reset progress' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Reset progress' }).click()
    await expect(page.getByRole('heading', { name: 'Nothing to show yet' })).toBeVisible()
    await page.getByLabel('Export to import').setInputFiles(file)
    await expect(page.getByText('Imported: 2 attempts.')).toBeVisible()
    await expect(page.getByText('You look ready')).toBeVisible()
    await page.getByLabel('Export to import').setInputFiles(file)
    await expect(page.getByText('There was nothing new in the file. Here already: 2 attempts.')).toBeVisible()
  })
})
