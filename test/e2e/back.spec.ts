/** Back leads to the page as it was left: its filter, what is open, how far it is scrolled. */
import type { Page } from '@playwright/test'
import { expect, test } from './app'

test.use({
  seeded: {
    attempts: [{ id: 'exam', mode: 'real', daysAgo: 2, length: 55, knows: (_item, index) => index >= 8 }],
  },
})

const placeOf = (page: Page) => page.locator('main').evaluate(({ scrollTop }) => Math.round(scrollTop))

/** Opens an address of the app, once the app is there. */
async function goTo(page: Page, address: string): Promise<void> {
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor({ timeout: 90_000 })
  await page.evaluate((hash) => {
    window.location.hash = hash
  }, address)
}

test('Back from a lab finds the catalogue with its filter, where it was scrolled to', async ({
  app: { page },
}) => {
  await goTo(page, '/labs')
  await page.getByLabel('Status').selectOption('Not started')
  await page.getByLabel('Domain').selectOption('Orchestration')
  const cards = page.locator('.lab-card')
  await expect(page.locator('.catalogue-domain')).toHaveCount(1)
  const shown = await cards.count()
  const title = cards.last().getByRole('heading').getByRole('link')
  await title.scrollIntoViewIfNeeded()
  const place = await placeOf(page)
  expect(place).toBeGreaterThan(300)
  await title.click()
  await page.getByRole('button', { name: 'Start', exact: true }).waitFor()
  await page.goBack()
  await expect(page.getByLabel('Status')).toHaveValue('new')
  await expect(page.getByLabel('Domain')).toHaveValue('orchestration')
  await expect(cards).toHaveCount(shown)
  await expect.poll(() => placeOf(page)).toBe(place)
})

test('Back from a lab finds a result with its filter, its opened item and its place', async ({
  app: { page },
}) => {
  await goTo(page, '/exam/exam/result')
  await page.getByText('Wrong 8').click()
  await expect(page.locator('.reviewed-item')).toHaveCount(8)
  const heads = page.locator('.reviewed-item > h3 > button')
  for (const head of await heads.all()) await head.click()
  // Some objectives have no lab yet.
  const labs = page.getByRole('region', { name: 'Labs that teach this' })
  const head = page.locator('.reviewed-item').filter({ has: labs }).last().locator('h3 > button')
  await expect(head).toHaveAttribute('aria-expanded', 'true')
  const lab = labs.last().getByRole('link').first()
  await lab.scrollIntoViewIfNeeded()
  const place = await placeOf(page)
  expect(place).toBeGreaterThan(300)
  await lab.click()
  await page.getByRole('button', { name: 'Start', exact: true }).waitFor()
  await page.goBack()
  await expect(page.locator('.reviewed-item')).toHaveCount(8)
  await expect(head).toHaveAttribute('aria-expanded', 'true')
  await expect.poll(() => placeOf(page)).toBe(place)
})

test('the search opens the very question that was seen, and Back leads to where one searched', async ({
  app: { page },
}) => {
  await goTo(page, '/exam/exam/result')
  const heads = page.locator('.reviewed-item > h3 > button')
  const stem = ((await heads.nth(20).locator('.reviewed-stem').textContent()) ?? '').replace(/^\d+\. /, '')
  await page.keyboard.press('/')
  const dialog = page.getByRole('dialog', { name: 'Search' })
  await dialog.getByRole('searchbox').fill(stem.split(' ').slice(0, 12).join(' '))
  const hits = dialog.getByRole('region', { name: 'Questions that you have seen' })
  await hits.getByRole('link').first().click()
  await expect(page).toHaveURL(/#\/questions\/[a-z0-9.-]+$/)
  const open = page.locator('.reviewed-item > h3 > button[aria-expanded="true"]')
  await expect(open).toHaveCount(1)
  await expect(open).toContainText(stem)
  await expect(open).toBeInViewport()
  await expect(open).toBeFocused()
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'Result of the mock exam' })).toBeVisible()
  await expect(heads).toHaveCount(55)
})
