/** The codes of objectives, such as ORC-05, are always beside their words. */
import type { Page } from '@playwright/test'
import { loadBank } from '../../main/services'
import { expect, test } from './app'
import { ROOT } from './serve'

/** Pages that name objectives, each with a text that is there once it is drawn. */
const PAGES = [
  ['labs', 'Ports and the rules behind them'],
  ['labs/form-a-swarm', 'It is better to do these first'],
  ['paths', 'Follow this path'],
  ['objectives/ORC-05', 'Cheat sheet'],
  ['exam/past/result', 'By domain'],
  ['questions', '55 questions'],
  ['practice', 'Start practice'],
  ['my-questions', 'Make the file'],
  ['progress', 'Likely between'],
] as const

/** Pages on which no code stands at all, or only by chance. */
const BARE_PAGES = [
  ['', 'Daily review'],
  ['exam', 'Start a mock exam'],
  ['exam-format', 'Option 1: is this right?'],
  ['hands-on', 'Night shift'],
  ['progress/items', 'Few attempts say little'],
  ['settings', 'Appearance'],
] as const

test.use({
  seeded: {
    attempts: [{ id: 'past', mode: 'real', daysAgo: 3, length: 55, knows: (_item, index) => index >= 30 }],
  },
})

async function open(page: Page, route: string, text: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = `/${hash}`
  }, route)
  await page.getByText(text).first().waitFor()
  // What is folded is read too.
  await page.evaluate(() => {
    for (const more of document.querySelectorAll('details')) more.open = true
  })
}

type Titles = readonly (readonly [code: string, title: string])[]

/** What stands on a page: codes in texts and in names of buttons, and those that are not in one row with their words. */
async function codesOn(page: Page, titles: Titles): Promise<{ found: number; alone: readonly string[] }> {
  return await page.evaluate((known) => {
    const words = (text: string | null) => (text ?? '').replace(/\s+/g, ' ')
    const ROWS = 'a, li, tr, p, label, option, button, legend, h1, h2, h3, strong'
    const places: { text: string; row: string }[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      places.push({
        text: words(node.textContent),
        row: words(node.parentElement?.closest(ROWS)?.textContent ?? ''),
      })
    for (const element of document.querySelectorAll('[aria-label], [title]'))
      for (const name of ['aria-label', 'title']) {
        const text = words(element.getAttribute(name))
        places.push({ text, row: text })
      }
    const codes = places.flatMap(({ text, row }) =>
      (text.match(/\b[A-Z]{3}-\d\d\b/g) ?? []).map((code) => ({ code, row })),
    )
    const isAlone = ({ code, row }: { code: string; row: string }) =>
      known.some(([id, title]) => id === code && !row.includes(title))
    return { found: codes.length, alone: codes.filter(isAlone).map(({ code, row }) => `${code}: ${row}`) }
  }, titles)
}

async function titlesOfObjectives(): Promise<Titles> {
  const { blueprint } = await loadBank(ROOT)
  return blueprint.objectives.map(({ id, title }) => [id, title.replaceAll('`', '')] as const)
}

test('no page shows the code of an objective without its words', async ({ app: { page } }) => {
  test.setTimeout(180_000)
  const titles = await titlesOfObjectives()
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor({ timeout: 90_000 })
  for (const [route, text] of [...PAGES, ...BARE_PAGES]) {
    await open(page, route, text)
    await expect.poll(async () => (await codesOn(page, titles)).alone, { message: route }).toEqual([])
    if (PAGES.some(([one]) => one === route))
      expect((await codesOn(page, titles)).found, route).toBeGreaterThan(0)
  }
})

test('a drill of an objective is named in words: while it runs, when it is over, and in a search', async ({
  app: { page },
}) => {
  const titles = await titlesOfObjectives()
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor({ timeout: 90_000 })
  await open(page, 'objectives/ORC-05', 'Cheat sheet')
  await page.getByRole('button', { name: /^Drill \d/ }).click()
  await page.getByRole('heading', { name: /^Item 1 of / }).waitFor()
  await open(page, 'practice', 'Start practice')
  await expect(page.getByRole('region', { name: 'Continue' })).toContainText('(ORC-05)')
  expect((await codesOn(page, titles)).alone).toEqual([])
  await page.keyboard.press('/')
  const dialog = page.getByRole('dialog', { name: 'Search' })
  await dialog.getByRole('searchbox').fill('swarm')
  await expect(dialog.getByRole('region', { name: 'Objectives' })).toContainText(/ORC-\d\d/)
  expect((await codesOn(page, titles)).alone).toEqual([])
})
