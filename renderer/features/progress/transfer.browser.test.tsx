import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { FakeHost, refusal } from '../../testing/host.test-kit'
import { show } from '../../testing/show.test-kit'
import { Transfer } from './transfer'

const NONE = { added: 0, known: 0, leftOut: 0 }

async function transfer(isEmpty = false, isBroken = false) {
  let changes = 0
  const host = new FakeHost({
    calls: {
      'transfer.export': async () => ({ name: 'capstan-everything.json', text: '{}' }),
      'transfer.import': async () => {
        if (isBroken) throw refusal('The file is not JSON.')
        return { attempts: { ...NONE, added: 2, known: 1 }, handsOn: NONE, labs: 1, marks: 0 }
      },
      'transfer.reset': async () => ({}),
    },
  })
  await show(<Transfer isEmpty={isEmpty} onChanged={() => changes++} />, { host })
  return { host, changes: () => changes }
}

/** The text that the page has sent. */
async function unpacked(packed: string): Promise<string> {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return await new Response(stream).text()
}

test('a file is imported as it is, and the page says what came in', async () => {
  const { host, changes } = await transfer()
  await page.getByLabelText('Export to import').upload(new File(['{"ä":1}'], 'all.json'))
  await expect
    .element(page.getByRole('status'))
    .toHaveTextContent('Imported: 2 attempts and 1 lab. Here already: 1 attempt.')
  expect(changes()).toBe(1)
  const [{ packed }] = host.inputsOf('transfer.import') as [{ packed: string }]
  expect(await unpacked(packed)).toBe('{"ä":1}')
})

test('a file that is no export is refused with the reason', async () => {
  const { changes } = await transfer(false, true)
  await page.getByLabelText('Export to import').upload(new File(['?'], 'all.json'))
  await expect.element(page.getByRole('alert')).toHaveTextContent('The file is not JSON.')
  expect(changes()).toBe(0)
  await page.getByRole('button', { name: 'Close' }).click()
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
})

test('a reset says what goes, and happens when it was confirmed', async () => {
  const { host, changes } = await transfer()
  const away = page.getByRole('region', { name: 'On another computer' })
  await expect.element(away).toBeVisible()
  expect(away.getByRole('button', { name: 'Reset progress' }).elements()).toEqual([])
  await page.getByRole('region', { name: 'Start over' }).getByRole('button').click()
  await expect
    .element(page.getByRole('dialog'))
    .toHaveTextContent(/labs, your bookmarks and your notes.*settings/)
  await page.getByRole('button', { name: 'Cancel' }).click()
  expect(host.inputsOf('transfer.reset')).toEqual([])
  await page.getByRole('button', { name: 'Reset progress' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Reset progress' }).click()
  await expect.element(page.getByRole('status')).toHaveTextContent('Your progress was reset.')
  expect(changes()).toBe(1)
})

test('where nothing was done yet, a file can be imported, and there is nothing to export or to reset', async () => {
  await transfer(true)
  await expect.element(page.getByRole('button', { name: 'Import' })).toBeVisible()
  expect(page.getByRole('button', { name: 'Export everything' }).elements()).toEqual([])
  expect(page.getByRole('button', { name: 'Reset progress' }).elements()).toEqual([])
})

test('everything is exported into a file', async () => {
  const { host } = await transfer()
  await page.getByRole('button', { name: 'Export everything' }).click()
  await expect.poll(() => host.inputsOf('transfer.export')).toEqual([{}])
})
