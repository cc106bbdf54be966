import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { show } from '../../testing/show.test-kit'
import { SearchDialog } from './search-dialog'

test('what is found stands under its kind, and each hit is a link that closes the search', async () => {
  let closed = 0
  const { host, address } = await show(<SearchDialog isOpen onClose={() => closed++} />, {
    calls: {
      'search.find': async ({ text }) =>
        text.includes('nothing')
          ? []
          : [
              { kind: 'lab', title: 'Ports', detail: 'Publish.', to: '/labs/ports' },
              { kind: 'question', title: 'Which port?', detail: 'Seen', to: '/questions/net-port' },
              { kind: 'command', title: 'docker port web', detail: 'lists ports', to: '/objectives/NET-06' },
            ],
    },
  })
  const field = page.getByRole('searchbox', { name: 'Search for' })
  await expect.element(field).toHaveFocus()
  await field.fill('nothing')
  await expect.element(page.getByText('Nothing has all these words.')).toBeVisible()
  await field.fill('port')
  const commands = page.getByRole('region', { name: 'Commands' })
  await expect.element(commands).toHaveTextContent('lists ports')
  await commands.getByRole('link').click()
  expect(address()).toBe('/objectives/NET-06')
  expect(closed).toBe(1)
  expect(host.inputsOf('search.find')).toContainEqual({ text: 'port' })
})

test('a search that begins with words finds at once', async () => {
  const { host } = await show(<SearchDialog isOpen text="raft" onClose={() => undefined} />, {
    calls: { 'search.find': async () => [] },
  })
  await expect.element(page.getByRole('searchbox', { name: 'Search for' })).toHaveValue('raft')
  await expect.poll(() => host.inputsOf('search.find')).toEqual([{ text: 'raft' }])
})
