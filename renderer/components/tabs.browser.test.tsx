import { useState } from 'react'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { TabPanel, Tabs } from './tabs'

/** Three tabs whose panels hold a field; it notes what was closed. */
function Three({ closed }: { readonly closed: string[] }) {
  const [ids, setIds] = useState(['one', 'two', 'three'])
  const [activeId, setActiveId] = useState('one')
  const close = (id: string) => {
    closed.push(id)
    setIds(ids.filter((one) => one !== id))
  }
  return (
    <Tabs
      label="Numbers"
      tabs={ids.map((id) => ({ id, title: id, closes: `number ${id}` }))}
      activeId={ids.includes(activeId) ? activeId : (ids[0] ?? null)}
      onChoose={setActiveId}
      onClose={close}
      end={
        <button type="button" onClick={() => setIds([...ids, 'four'])}>
          Add
        </button>
      }
    >
      {ids.map((id) => (
        <TabPanel key={id} id={id} shouldForceMount>
          <input aria-label={`Field ${id}`} />
        </TabPanel>
      ))}
    </Tabs>
  )
}

const tab = (name: string) => page.getByRole('tab', { name })
const isSelected = (name: string) => expect.element(tab(name)).toHaveAttribute('aria-selected', 'true')

async function three(): Promise<string[]> {
  const closed: string[] = []
  await render(<Three closed={closed} />)
  return closed
}

test('a click shows the panel of a tab, and hides the others', async () => {
  await three()
  await expect.element(page.getByRole('tablist', { name: 'Numbers' })).toBeVisible()
  await isSelected('one')
  await tab('two').click()
  await isSelected('two')
  await expect.element(page.getByLabelText('Field two')).toBeVisible()
  await expect.element(page.getByLabelText('Field one')).not.toBeVisible()
})

test('a panel that is hidden keeps what was typed into it', async () => {
  await three()
  await page.getByLabelText('Field one').fill('kept')
  await tab('two').click()
  await tab('one').click()
  await expect.element(page.getByLabelText('Field one')).toHaveValue('kept')
})

test('arrow keys, Home and End move between the tabs, and Enter shows one', async () => {
  await three()
  await userEvent.keyboard('{Tab}')
  await expect.element(tab('one')).toHaveFocus()
  await userEvent.keyboard('{ArrowRight}')
  await expect.element(tab('two')).toHaveFocus()
  await isSelected('one')
  await userEvent.keyboard('{End}')
  await expect.element(tab('three')).toHaveFocus()
  await userEvent.keyboard('{ArrowRight}')
  await expect.element(tab('one')).toHaveFocus()
  await userEvent.keyboard('{ArrowLeft}{Home}{ArrowRight}{Enter}')
  await isSelected('two')
})

test('Delete closes the tab with the focus, and the focus goes to a neighbour', async () => {
  const closed = await three()
  await userEvent.keyboard('{Tab}{ArrowRight}{Delete}')
  expect(closed).toEqual(['two'])
  await expect.element(tab('three')).toHaveFocus()
  await isSelected('one')
})

test('when the shown tab is closed, another one is shown', async () => {
  const closed = await three()
  await page.getByRole('button', { name: 'Close number one' }).click()
  expect(closed).toEqual(['one'])
  await expect.element(tab('one')).not.toBeInTheDocument()
  await isSelected('two')
})

test('other keys close nothing', async () => {
  const closed = await three()
  await userEvent.keyboard('{Tab}{Backspace}x{Escape}')
  expect(closed).toEqual([])
})

test('the close button of the shown tab is reached by keyboard, after the tabs', async () => {
  const closed = await three()
  await userEvent.keyboard('{Tab}{Tab}')
  await expect.element(page.getByRole('button', { name: 'Close number one' })).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  expect(closed).toEqual(['one'])
})

test('all tabs can be closed, and one added again', async () => {
  await three()
  for (const name of ['one', 'two', 'three'])
    await page.getByRole('button', { name: `Close number ${name}` }).click()
  await expect.element(page.getByRole('tablist')).not.toBeInTheDocument()
  await page.getByRole('button', { name: 'Add' }).click()
  await isSelected('four')
})

test('the list holds tabs only: a button in it would not be allowed by its role', async () => {
  await three()
  expect(page.getByRole('tablist').element().querySelector('button')).toBeNull()
  const panel = page.getByRole('tabpanel').element()
  expect(panel.getAttribute('aria-labelledby')).toBe(tab('one').element().id)
})
