import { useState } from 'react'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { show } from '../testing/show.test-kit'
import { NoteField } from '.'

async function field(note = '') {
  const saved: string[] = []
  function Kept() {
    const [text, setText] = useState(note)
    const save = (next: string) => {
      saved.push(next)
      setText(next.trim())
    }
    return <NoteField label="Your note" note={text} onSave={save} />
  }
  return { ...(await show(<Kept />)), saved }
}

test('a note is saved when its field is left, once', async () => {
  const { saved } = await field('old')
  await expect.element(page.getByText('Saved.')).toBeVisible()
  await page.getByLabelText('Your note').fill('new')
  await expect.element(page.getByText('Saved when you leave the field.')).toBeVisible()
  await userEvent.tab()
  await expect.element(page.getByText('Saved.')).toBeVisible()
  expect(saved).toEqual(['new'])
})

test('a note is saved when its page goes', async () => {
  const { saved, unmount } = await field()
  await page.getByLabelText('Your note').fill('half a thought')
  await unmount()
  await expect.poll(() => saved).toContain('half a thought')
})

test('a field that was only looked at saves nothing', async () => {
  const { saved, unmount } = await field('old')
  await page.getByLabelText('Your note').click()
  await userEvent.tab()
  await unmount()
  expect(saved).toEqual([])
})
