import { fileURLToPath } from 'node:url'
import { loadLab } from '../../engine'
import { expect, test } from './app'
import { LabOnPage } from './lab-page'

const directory = fileURLToPath(new URL('../../labs/installation/container-life', import.meta.url))

test('a lab that is done says what was practised, asks five questions, and leads on along the path', async ({
  app: { page },
}) => {
  test.setTimeout(240_000)
  const { lab } = await loadLab(directory)
  if (!lab) throw new Error('the lab has problems')
  const open = await LabOnPage.start(page, lab.title)
  for (const step of lab.steps) {
    await expect(page.getByRole('heading', { level: 2, name: step.title })).toBeVisible()
    const [solution] = step.solution
    await open.type(solution && 'text' in solution ? solution.text : '')
    if (step !== lab.steps.at(-1)) await page.getByRole('button', { name: 'Next step' }).click()
  }
  await expect(page.getByText(`You have completed “${lab.title}”`)).toBeVisible()
  await expect(page.getByRole('list', { name: 'Objectives' }).getByRole('listitem')).toHaveCount(
    lab.objectives.length,
  )
  await expect(page.getByRole('button', { name: /^Next lab: Volumes/ })).toBeVisible()
  await page.getByRole('button', { name: 'Five questions on this lab' }).click()
  await expect(page).toHaveURL(/exam\//)

  await page.getByRole('link', { name: 'Paths', exact: true }).click()
  const main = page.getByRole('region', { name: 'From the first container to the exam' })
  await expect(main.getByRole('listitem').first()).toHaveAttribute('data-done', 'true')
  await main
    .getByRole('link', { name: /INS|ORC|STO|IMG|NET/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: 'Cheat sheet' })).toBeVisible()
})
