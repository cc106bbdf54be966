import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from './app'
import { LabOnPage } from './lab-page'
import { ROOT } from './serve'

const TITLE = 'Fixture good'
let labs: string

test.beforeAll(async () => {
  labs = await mkdtemp(join(tmpdir(), 'capstan-their-labs-'))
  await cp(join(ROOT, 'test/fixtures/labs/proofs/good'), join(labs, 'storage/their-lab'), { recursive: true })
  process.env.CAPSTAN_LABS = labs
})
test.afterAll(async () => {
  delete process.env.CAPSTAN_LABS
  await rm(labs, { recursive: true, force: true })
})

test('a lab that does not ship with Capstan runs only when the person allows it', async ({ page }) => {
  test.setTimeout(180_000)
  const dialog = page.getByRole('dialog', { name: `Allow “${TITLE}” to run?` })
  const start = page.getByRole('button', { name: `Start: ${TITLE}` })
  await LabOnPage.openCatalogue(page)
  await expect(page.getByTestId('lab-their-lab')).toContainText('Not from Capstan')

  await start.click()
  await expect(dialog).toContainText(join(labs, 'storage/their-lab'))
  await expect(dialog).toContainText('It runs 1 script by itself, as root in its nodes.')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(start).toBeVisible()

  await start.click()
  await dialog.getByRole('button', { name: 'Allow and start' }).click()
  const open = new LabOnPage(page)
  await open.promptIsBack()
  await expect(open.check('The base stays')).toHaveAttribute('data-state', 'green')

  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click()
  await start.waitFor()
  await expect(page.getByTestId('lab-their-lab')).not.toContainText('Not from Capstan')
})
