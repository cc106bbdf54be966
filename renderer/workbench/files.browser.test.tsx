import { afterEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { refusal } from '../testing/host.test-kit'
import { file, node, session } from '../testing/lab-samples.test-kit'
import { show } from '../testing/show.test-kit'
import { Files } from './files'

/** The files of two nodes, which the editor reads and writes. */
async function editor() {
  const disk: Record<string, string> = { '/root/a.txt': 'alpha', '/root/b.txt': 'beta' }
  const screen = await show(<Files session={session({ nodes: [node(), node({ name: 'node2' })] })} />, {
    calls: {
      'file.list': async () => Object.keys(disk).map((path) => file(path)),
      'file.read': async ({ path }) => ({ content: disk[path] ?? '' }),
      'file.write': async ({ path, content }) => {
        if (path === '/root/full.txt') throw refusal('The disk is full.', 'Remove something.')
        disk[path] = content
        return {}
      },
    },
  })
  return { ...screen, disk }
}

afterEach(() => sessionStorage.clear())

const entry = (name: string) => page.getByRole('row', { name })
const tab = (name: string | RegExp) => page.getByRole('tab', { name })
const save = () => page.getByRole('button', { name: 'Save' })
const unsaved = () => tab(/not saved/)

async function typeAtEnd(text: string): Promise<void> {
  await expect.element(page.getByTestId('text-editor')).toBeVisible()
  await expect.poll(() => document.activeElement?.closest('[data-testid="text-editor"]')).toBeTruthy()
  await userEvent.keyboard(`{Control>}{End}{/Control}${text}`)
}

async function createFile(name: string): Promise<void> {
  await page.getByRole('button', { name: 'New file' }).click()
  await page.getByRole('textbox', { name: 'Name of the new file' }).fill(name)
  await userEvent.keyboard('{Enter}')
}

test('a file of the tree is opened in a tab, and the editor has the focus', async () => {
  const { host } = await editor()
  await entry('a.txt').click()
  await expect.element(tab('a.txt')).toHaveAttribute('aria-selected', 'true')
  await typeAtEnd('!')
  await expect.element(unsaved()).toHaveTextContent('a.txt')
  expect(host.inputsOf('file.read')).toEqual([{ sessionId: 's1', node: 'node1', path: '/root/a.txt' }])
})

test('a file that is open already is shown, not read again', async () => {
  const { host } = await editor()
  await entry('a.txt').click()
  await expect.element(tab('a.txt')).toBeVisible()
  await entry('b.txt').click()
  await expect.element(tab('b.txt')).toHaveAttribute('aria-selected', 'true')
  await entry('a.txt').click()
  await expect.element(tab('a.txt')).toHaveAttribute('aria-selected', 'true')
  expect(host.inputsOf('file.read')).toHaveLength(2)
})

test('a changed file has a mark until it is saved with the button', async () => {
  const { disk } = await editor()
  await entry('a.txt').click()
  await expect.element(save()).toBeDisabled()
  await typeAtEnd(' and more')
  await expect.element(unsaved()).toBeVisible()
  await save().click()
  await expect.element(unsaved()).not.toBeInTheDocument()
  expect(disk['/root/a.txt']).toBe('alpha and more')
  await expect.element(save()).toBeDisabled()
})

test('Ctrl+S saves what was typed a moment before', async () => {
  const { disk } = await editor()
  await entry('a.txt').click()
  await typeAtEnd('12345{Control>}s{/Control}')
  await expect.poll(() => disk['/root/a.txt']).toBe('alpha12345')
  await expect.element(unsaved()).not.toBeInTheDocument()
})

test('what was typed stays when another file is shown meanwhile', async () => {
  const { disk } = await editor()
  await entry('a.txt').click()
  await typeAtEnd('1')
  await entry('b.txt').click()
  await expect.element(tab('b.txt')).toHaveAttribute('aria-selected', 'true')
  await tab(/a.txt/).click()
  await typeAtEnd('2{Control>}s{/Control}')
  await expect.poll(() => disk['/root/a.txt']).toBe('alpha12')
})

test('a file that cannot be saved keeps its mark, and the problem is shown until it is read', async () => {
  await editor()
  await createFile('full.txt')
  await typeAtEnd('x')
  await save().click()
  await expect.element(page.getByText('The disk is full.')).toBeVisible()
  await expect.element(unsaved()).toBeVisible()
  await page.getByRole('button', { name: 'All right' }).click()
  await expect.element(page.getByText('The disk is full.')).not.toBeInTheDocument()
})

test.each([
  ['app/Dockerfile', '/root/app/Dockerfile'],
  ['  spaced.txt ', '/root/spaced.txt'],
  ['/etc/hosts', '/etc/hosts'],
])('the new file "%s" is %s', async (name, path) => {
  const { disk } = await editor()
  await createFile(name)
  await typeAtEnd('new{Control>}s{/Control}')
  await expect.poll(() => disk[path]).toBe('new')
})

test('a new file with the name of an open one shows the open one', async () => {
  await editor()
  await entry('a.txt').click()
  await expect.element(tab('a.txt')).toBeVisible()
  await createFile('a.txt')
  await expect.element(tab('a.txt')).toBeVisible()
  expect(page.getByRole('tab').elements()).toHaveLength(1)
})

test('a new file without a name, or after Escape, is none', async () => {
  await editor()
  await createFile('   ')
  await page.getByRole('button', { name: 'New file' }).click()
  await userEvent.keyboard('half{Escape}')
  await expect.element(page.getByRole('button', { name: 'New file' })).toBeVisible()
  await expect.element(page.getByText('Open a file on the left')).toBeVisible()
})

test('a saved new file appears in the tree', async () => {
  await editor()
  await createFile('c.txt')
  await typeAtEnd('x{Control>}s{/Control}')
  await expect.element(entry('c.txt')).toBeVisible()
})

test('when a tab is closed, the last of the others is shown', async () => {
  await editor()
  await entry('a.txt').click()
  await expect.element(tab('a.txt')).toBeVisible()
  await entry('b.txt').click()
  await page.getByRole('button', { name: 'Close /root/b.txt' }).click()
  await expect.element(tab('a.txt')).toHaveAttribute('aria-selected', 'true')
  await page.getByRole('button', { name: 'Close /root/a.txt' }).click()
  await expect.element(page.getByText('Open a file on the left')).toBeVisible()
})

test('another node has its own files, and those of the first stay open', async () => {
  const { host } = await editor()
  await entry('a.txt').click()
  await expect.element(tab('a.txt')).toBeVisible()
  await page.getByRole('combobox', { name: 'Node' }).selectOptions('node2')
  await expect.element(page.getByRole('treegrid', { name: 'Files of node2' })).toBeVisible()
  await expect.element(page.getByRole('tab')).not.toBeInTheDocument()
  await entry('b.txt').click()
  await expect
    .poll(() => host.inputsOf('file.read').at(-1))
    .toEqual({ sessionId: 's1', node: 'node2', path: '/root/b.txt' })
  await page.getByRole('combobox', { name: 'Node' }).selectOptions('node1')
  await expect.element(tab('a.txt')).toHaveAttribute('aria-selected', 'true')
  await expect.element(tab('b.txt')).not.toBeInTheDocument()
})

test('an editor that goes away and comes back has what was typed, with its mark', async () => {
  const { unmount } = await editor()
  await entry('a.txt').click()
  await typeAtEnd(' and more')
  await expect.element(unsaved()).toBeVisible()
  await unmount()
  const { disk } = await editor()
  await expect.element(unsaved()).toHaveTextContent('a.txt')
  await save().click()
  await expect.poll(() => disk['/root/a.txt']).toBe('alpha and more')
})

test('a file that was closed stays closed', async () => {
  const { unmount } = await editor()
  await entry('a.txt').click()
  await expect.element(tab('a.txt')).toBeVisible()
  await page.getByRole('button', { name: 'Close /root/a.txt' }).click()
  await expect.element(page.getByText('Open a file on the left')).toBeVisible()
  await unmount()
  expect(sessionStorage).toHaveLength(0)
})

test('the files are read again on request', async () => {
  const { disk } = await editor()
  await expect.element(entry('a.txt')).toBeVisible()
  disk['/root/late.txt'] = ''
  await page.getByRole('button', { name: 'Read the files again' }).click()
  await expect.element(entry('late.txt')).toBeVisible()
})
