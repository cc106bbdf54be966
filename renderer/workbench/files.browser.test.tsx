import { afterEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { HandClock } from '../testing/clock.test-kit'
import { refusal } from '../testing/host.test-kit'
import { file, node, session } from '../testing/lab-samples.test-kit'
import { show } from '../testing/show.test-kit'
import { Files } from './files'

const TWO_NODES = session({ nodes: [node(), node({ name: 'node2' })] })

/** The files of two nodes, which the editor reads and writes. */
async function editor({ view = TWO_NODES, clock = new HandClock() } = {}) {
  const disk: Record<string, string> = { '/root/a.txt': 'alpha', '/root/b.txt': 'beta' }
  const screen = await show(<Files session={view} />, {
    clock,
    calls: {
      'file.list': async ({ path: folder }) => {
        if (folder in disk) throw refusal(`${folder}: Not a folder`)
        return Object.keys(disk)
          .filter((path) => path.startsWith(`${folder.replace(/\/$/, '')}/`))
          .map((path) => file(path))
      },
      'file.stamp': async () => ({ stamp: JSON.stringify(disk) }),
      'file.read': async ({ path }) => {
        const content = disk[path]
        if (content === undefined) throw refusal('It is not there.', null, 'not-found')
        return { content, version: versionOf(content) }
      },
      'file.rename': async ({ path, to }) => {
        disk[to] = disk[path] ?? ''
        delete disk[path]
        return {}
      },
      'file.remove': async ({ path }) => {
        delete disk[path]
        return {}
      },
      'file.writePart': async ({ path, data }) => {
        disk[path] = (disk[path] ?? '') + atob(data)
        return {}
      },
      'file.write': async ({ path, content, version }) => {
        if (path === '/root/full.txt') throw refusal('The disk is full.', 'Remove something.')
        const now = disk[path] === undefined ? 'none' : versionOf(disk[path])
        if (version !== undefined && version !== now) throw refusal('It was changed.', null, 'file-changed')
        disk[path] = content
        return { version: versionOf(content) }
      },
    },
  })
  return { ...screen, disk, clock }
}

/** A number that tells the texts of these tests apart, in the form of a hash. */
function versionOf(text: string): string {
  const sum = [...text].reduce((last, char) => (last * 31 + char.charCodeAt(0)) % 1_000_000_007, 7)
  return sum.toString(16).padStart(64, '0')
}

afterEach(() => {
  sessionStorage.clear()
  localStorage.clear()
})

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
  await page.getByRole('button', { name: 'Close', exact: true }).click()
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

test('a tab with unsaved text asks before it closes', async () => {
  await editor()
  await entry('a.txt').click()
  await typeAtEnd('!')
  await page.getByRole('button', { name: 'Close /root/a.txt' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect.element(unsaved()).toBeVisible()
  await page.getByRole('button', { name: 'Close /root/a.txt' }).click()
  await page.getByRole('button', { name: 'Close without saving' }).click()
  await expect.element(page.getByText('Open a file on the left')).toBeVisible()
})

/** A file that was edited here, and was written by the shell before it was saved. */
async function conflict() {
  const shown = await editor()
  await entry('a.txt').click()
  await typeAtEnd(' mine')
  shown.disk['/root/a.txt'] = 'theirs'
  await userEvent.keyboard('{Control>}s{/Control}')
  await expect.element(page.getByRole('alert', { name: 'A file has changed' })).toBeVisible()
  expect(shown.disk['/root/a.txt']).toBe('theirs')
  return shown
}

test('saving never overwrites what the shell has written; mine can be kept', async () => {
  const { disk } = await conflict()
  await page.getByRole('button', { name: 'Keep mine' }).click()
  await expect.poll(() => disk['/root/a.txt']).toBe('alpha mine')
  await expect.element(page.getByRole('alert', { name: 'A file has changed' })).not.toBeInTheDocument()
  await expect.element(unsaved()).not.toBeInTheDocument()
})

test('theirs can be taken, after both were compared', async () => {
  const { disk } = await conflict()
  await page.getByRole('button', { name: 'Compare' }).click()
  await expect.element(page.getByRole('region', { name: 'Comparison of /root/a.txt' })).toBeVisible()
  await page.getByRole('button', { name: 'Take theirs' }).click()
  await expect.element(unsaved()).not.toBeInTheDocument()
  await typeAtEnd('!{Control>}s{/Control}')
  await expect.poll(() => disk['/root/a.txt']).toBe('theirs!')
})

test('a file that changes in the node is shown as it is there, without being asked', async () => {
  const { disk, clock, host } = await editor()
  await entry('a.txt').click()
  await expect.element(page.getByTestId('text-editor')).toHaveTextContent('alpha')
  await expect.poll(() => host.inputsOf('file.stamp').length).toBeGreaterThan(0)
  await expect.element(entry('late.txt')).not.toBeInTheDocument()
  const asked = host.inputsOf('file.stamp').length
  Object.assign(disk, { '/root/a.txt': 'from the shell', '/root/late.txt': '' })
  clock.advance(2_000)
  await expect.poll(() => host.inputsOf('file.stamp').length).toBeGreaterThan(asked)
  await expect.element(entry('late.txt')).toBeVisible()
  await expect.element(page.getByTestId('text-editor')).toHaveTextContent('from the shell')
  await expect.element(unsaved()).not.toBeInTheDocument()
})

test('another tab of the browser begins with the drafts of the last one', async () => {
  const { unmount } = await editor()
  await entry('a.txt').click()
  await typeAtEnd(' draft')
  await expect.element(unsaved()).toBeVisible()
  await unmount()
  sessionStorage.clear()
  await editor()
  await expect.element(unsaved()).toHaveTextContent('a.txt')
})

test('another folder is shown, and a path of a file opens the file', async () => {
  const { disk } = await editor()
  disk['/etc/docker/daemon.json'] = '{}'
  const field = page.getByRole('textbox', { name: 'Folder or file' })
  await field.fill('/etc/docker')
  await userEvent.keyboard('{Enter}')
  await expect.element(entry('daemon.json')).toBeVisible()
  await page.getByRole('button', { name: 'Home folder' }).click()
  await expect.element(entry('a.txt')).toBeVisible()
  await field.fill('/etc/docker/daemon.json')
  await userEvent.keyboard('{Enter}')
  await expect.element(tab('daemon.json')).toHaveAttribute('aria-selected', 'true')
})

test('a file is renamed, and deleted after a question', async () => {
  const { disk } = await editor()
  await page.getByRole('button', { name: 'What to do with a.txt' }).click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await page.getByRole('textbox', { name: 'Path' }).fill('/root/c.txt')
  await userEvent.keyboard('{Enter}')
  await expect.element(entry('c.txt')).toBeVisible()
  await page.getByRole('button', { name: 'What to do with c.txt' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect.element(entry('c.txt')).not.toBeInTheDocument()
  expect(Object.keys(disk)).toEqual(['/root/b.txt'])
})

test('files are uploaded into the folder that is shown', async () => {
  const { disk } = await editor()
  await page.getByLabelText('Files to upload').upload(new File(['\u0000bytes'], 'new.bin'))
  await expect.element(entry('new.bin')).toBeVisible()
  expect(disk['/root/new.bin']).toBe('\u0000bytes')
})

test('the files of a node that is stopped cannot be read, and it can be started', async () => {
  const view = session({ nodes: [node({ state: 'stopped' })] })
  await editor({ view })
  await expect.element(page.getByText('node1 is off. Its files can be read when it runs.')).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Start' })).toBeVisible()
})
