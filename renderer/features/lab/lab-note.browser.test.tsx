import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { FakeHost, refusal } from '../../testing/host.test-kit'
import { show } from '../../testing/show.test-kit'
import { LabNote } from './lab-note'

function hostWith(note: string): FakeHost {
  return new FakeHost({
    calls: {
      'marks.get': async () => ({ bookmarked: false, note }),
      'marks.set': async ({ note: next }) => ({ bookmarked: false, note: next.trim() }),
    },
  })
}

test('a note on a lab is written and kept', async () => {
  const { host } = await show(<LabNote labId="container-life" />, { host: hostWith('') })
  await page.getByRole('button', { name: 'Note' }).click()
  await page.getByLabelText('Your note on this lab').fill('137 is SIGKILL')
  await userEvent.tab()
  await expect.element(page.getByText('Saved.')).toBeVisible()
  expect(host.inputsOf('marks.get')).toEqual([{ itemId: 'lab:container-life' }])
  expect(host.inputsOf('marks.set')).toEqual([
    { itemId: 'lab:container-life', bookmarked: false, note: '137 is SIGKILL' },
  ])
})

test('a note that was written before is there', async () => {
  await show(<LabNote labId="container-life" />, { host: hostWith('look at this again') })
  await expect.element(page.getByLabelText('Your note on this lab')).toHaveValue('look at this again')
})

test('while an exam runs there is no note', async () => {
  const host = new FakeHost({
    calls: {
      'marks.get': async () => {
        throw refusal('A real exam is not over yet.', null, 'session-exists')
      },
    },
  })
  await show(<LabNote labId="container-life" />, { host })
  await expect.poll(() => host.inputsOf('marks.get')).toHaveLength(1)
  expect(page.getByRole('button').elements()).toEqual([])
})
