import { useState } from 'react'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { ConfirmDialog, Dialog } from './dialog'

function Asking({ happened }: { readonly happened: string[] }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <button type="button" onClick={() => setIsOpen(true)}>
        Ask
      </button>
      <ConfirmDialog
        title="Remove it?"
        text="It is gone then."
        action="Remove"
        danger
        isOpen={isOpen}
        onClose={() => {
          happened.push('closed')
          setIsOpen(false)
        }}
        onConfirm={() => happened.push('confirmed')}
      />
    </>
  )
}

async function ask(): Promise<string[]> {
  const happened: string[] = []
  await render(<Asking happened={happened} />)
  await page.getByRole('button', { name: 'Ask' }).click()
  await expect.element(page.getByRole('dialog', { name: 'Remove it?' })).toBeVisible()
  return happened
}

test('a confirmed question closes first, and then does what was asked', async () => {
  const happened = await ask()
  await expect.element(page.getByText('It is gone then.')).toBeVisible()
  await page.getByRole('button', { name: 'Remove' }).click()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  expect(happened).toEqual(['closed', 'confirmed'])
})

test('Cancel does nothing else', async () => {
  const happened = await ask()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  expect(happened).toEqual(['closed'])
})

test('Escape closes the question, and the focus returns to what opened it', async () => {
  const happened = await ask()
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  expect(happened).toEqual(['closed'])
  await expect.element(page.getByRole('button', { name: 'Ask' })).toHaveFocus()
})

test('the answer has the focus, and the Tab key stays inside', async () => {
  await ask()
  await expect.element(page.getByRole('button', { name: 'Remove' })).toHaveFocus()
  await userEvent.keyboard('{Tab}')
  await expect.element(page.getByRole('button', { name: 'Cancel' })).toHaveFocus()
  await userEvent.keyboard('{Tab}')
  await expect.element(page.getByRole('button', { name: 'Remove' })).toHaveFocus()
})

test('a dialog that is closed shows nothing', async () => {
  await render(
    <Dialog title="Keys" isOpen={false} onClose={() => undefined}>
      <p>Content</p>
    </Dialog>,
  )
  expect(page.getByText('Content').elements()).toEqual([])
})
