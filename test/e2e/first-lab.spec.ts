import { fileURLToPath } from 'node:url'
import { loadLab } from '../../engine'
import { expect, test } from './app'
import { LabOnPage } from './lab-page'

const directory = fileURLToPath(new URL('../../labs/installation/container-life', import.meta.url))

test('a student takes a lab from the first red check to the end, with a reload and a reset on the way', async ({
  app,
}) => {
  test.setTimeout(240_000)
  const { lab } = await loadLab(directory)
  if (!lab) throw new Error('the lab has problems')
  const { page } = app
  const open = await LabOnPage.start(page, lab.title)

  for (const [index, step] of lab.steps.entries()) {
    await expect(page.getByRole('heading', { level: 2, name: step.title })).toBeVisible()
    for (const check of step.checks.filter(({ guard }) => !guard)) {
      await expect(open.check(check.name)).toHaveAttribute('data-state', /^(red|missing)$/)
      await expect(open.check(check.name).locator('.check-why')).not.toBeEmpty()
    }

    const [solution] = step.solution
    await open.type(solution && 'text' in solution ? solution.text : '')
    for (const check of step.checks)
      await expect(open.check(check.name)).toHaveAttribute('data-state', 'green')

    if (index === 1) await reloadKeepsTheShell(open)
    if (step !== lab.steps.at(-1)) await page.getByRole('button', { name: 'Next step' }).click()
  }
  await expect(page.getByText(`You have completed “${lab.title}”`)).toBeVisible()

  await page.getByRole('button', { name: 'Reset', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Reset the lab' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Reset' }).click()
  await expect(page.getByRole('heading', { level: 2, name: lab.steps[0]?.title ?? '' })).toBeVisible()
  await open.promptIsBack()
  await expect(open.check('It runs')).toHaveAttribute('data-state', 'missing')

  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByRole('button', { name: `Do it again: ${lab.title}` })).toBeVisible()
})

async function reloadKeepsTheShell(open: LabOnPage): Promise<void> {
  await open.type('marker=still-here')
  await open.page.reload()
  await open.promptIsBack()
  expect(await open.screen()).toContain('marker=still-here')
  await open.type('echo "$marker-after-reload"')
  expect(await open.screen()).toContain('still-here-after-reload')
}
