import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { show } from '../testing/show.test-kit'
import { Markdown } from './markdown'
import { PointersContext } from './pointer'

const TEXT = 'Kill [manager2](#map=node:manager2), not [this](#elsewhere).'

test('without a map a pointer is plain text', async () => {
  await show(<Markdown text={TEXT} />)
  await expect.element(page.getByText('Kill manager2, not this.')).toBeVisible()
  expect(page.getByRole('button').elements()).toEqual([])
})

test('a pointer marks its thing under the pointer and the focus, and shows it when it is pressed', async () => {
  const done: string[] = []
  const pointers = {
    show: (target: string) => void done.push(`show ${target}`),
    mark: (target: string | null) => void done.push(`mark ${target}`),
  }
  await show(
    <PointersContext.Provider value={pointers}>
      <Markdown text={TEXT} />
    </PointersContext.Provider>,
  )
  const pointer = page.getByRole('button', { name: 'manager2 (shows it on the map)' })
  await pointer.hover()
  await expect.poll(() => done).toContain('mark node:manager2')
  done.length = 0
  pointer.element().focus()
  await userEvent.keyboard('{Enter}{Tab}')
  expect(done).toEqual(['mark node:manager2', 'show node:manager2', 'mark null'])
})

test.each(['#map=secret:key', '#map=node:', '#map=node:a%2Fb', 'javascript:alert(1)'])(
  'a link to %s is plain text',
  async (href) => {
    await show(
      <PointersContext.Provider value={{ show: () => undefined, mark: () => undefined }}>
        <Markdown text={`A [word](${href}).`} />
      </PointersContext.Provider>,
    )
    await expect.element(page.getByText('A word.')).toBeVisible()
    expect(page.getByRole('button').elements()).toEqual([])
  },
)
