import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { expect, test } from './app'
import { violations } from './axe'
import { LabOnPage } from './lab-page'

const TASK = 'A container with few rights'
const solution = fileURLToPath(
  new URL('../../labs/tasks/a-container-on-a-short-leash/solution.sh', import.meta.url),
)

async function startExam(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor({ timeout: 90_000 })
  await page.getByRole('link', { name: 'Hands-on', exact: true }).click()
  await page.getByRole('button', { name: 'Start: Night shift' }).click()
  await page.getByRole('button', { name: 'Start the clock' }).click()
  await expect(page.getByRole('timer')).toHaveText('30 min')
}

function tasks(page: Page) {
  return page.getByRole('list', { name: 'Tasks' }).getByRole('button')
}

async function beginTask(page: Page): Promise<LabOnPage> {
  await tasks(page).filter({ hasText: TASK }).click()
  await page.getByRole('button', { name: 'Begin this task' }).click()
  const bench = new LabOnPage(page)
  await page.locator('.terminal-view:not([hidden]) .xterm-rows').waitFor({ timeout: 60_000 })
  await bench.promptIsBack()
  return bench
}

async function bothThemes(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    expect(await violations(page)).toEqual([])
  }
}

test('a task is solved in its terminal and handed in, and the result says what the others lack', async ({
  app: { page },
}) => {
  test.setTimeout(240_000)
  await startExam(page)
  const bench = await beginTask(page)
  await expect(tasks(page).filter({ hasText: TASK })).toContainText('started')
  await bothThemes(page)
  await bench.type(await readFile(solution, 'utf8'))

  await page.getByRole('button', { name: 'Hand in this task' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Hand in' }).click()
  await expect(page.getByRole('heading', { name: 'This task is handed in' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Hand in this task' })).toHaveCount(0)

  await page.getByRole('button', { name: 'End exam' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('3 tasks not handed in yet')
  await dialog.getByRole('button', { name: 'End the exam' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Result: Night shift' })).toBeVisible({
    timeout: 60_000,
  })
  await expect(page.locator('.hands-on-result-total')).toContainText('25 %')
  await expect(page.locator('.hands-on-result-total')).toContainText('Not passed')

  const solved = page
    .locator('.hands-on-result-task')
    .filter({ has: page.getByRole('heading', { name: TASK }) })
  await expect(solved.locator('summary').first()).toContainText('9 of 9 points')
  const other = page.locator('.hands-on-result-task').filter({ hasText: 'An update with a safety net' })
  await expect(other).toContainText('you did not begin this task')
  await other.getByText('One way to do it').click()
  await expect(other.locator('pre')).toContainText('docker service update')
  await bothThemes(page)
  await other.getByRole('link', { name: 'Rolling updates and rollbacks' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Rolling updates and rollbacks' })).toBeVisible()

  await page.getByRole('link', { name: 'Hands-on' }).click()
  await expect(page.getByRole('region', { name: 'What you have sat' })).toContainText('25 %')
  await bothThemes(page)

  await page.getByRole('link', { name: 'Progress' }).click()
  const kept = page.getByRole('table', { name: 'Hands-on exams' })
  await expect(kept.getByRole('row', { name: /^Night shift/ })).toContainText('1 of 425 %Not passed')
  await bothThemes(page)
})

test('a reload and another page find the running exam as it was, and tell nothing of its checks', async ({
  app: { page },
}) => {
  const frames: string[] = []
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => void frames.push(String(payload))),
  )
  await page.reload()
  await startExam(page)
  const bench = await beginTask(page)
  await bench.type('marker=still-here')
  await page.reload()
  await bench.promptIsBack()
  expect(await bench.screen()).toContain('marker=still-here')
  await expect(tasks(page).filter({ hasText: TASK })).toHaveAttribute('aria-current', 'true')

  await page.getByRole('button', { name: 'Leave for now' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Leave for now' }).click()
  await page.getByRole('link', { name: 'Labs', exact: true }).click()
  await expect(page.getByRole('button', { name: new RegExp(TASK) })).toHaveCount(0)
  await page.getByRole('link', { name: 'Hands-on', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Start: Night shift' })).toBeDisabled()
  await page.getByRole('link', { name: 'Continue' }).click()
  await expect(page.getByRole('timer')).toBeVisible()
  const told = frames.join('\n')
  expect(told).toContain(TASK)
  expect(told).not.toContain('It has no capability at all')
})
