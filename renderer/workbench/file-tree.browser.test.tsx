import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { FileEntry } from '../../main/api'
import { refusal } from '../testing/host.test-kit'
import { file } from '../testing/lab-samples.test-kit'
import { show } from '../testing/show.test-kit'
import { FileTree } from './file-tree'

const FOLDERS: Record<string, FileEntry[]> = {
  '/root': [file('/root/app', 'directory'), file('/root/empty', 'directory'), file('/root/notes.txt')],
  '/root/app': [file('/root/app/Dockerfile'), file('/root/app/src', 'directory')],
  '/root/app/src': [file('/root/app/src/main.py')],
  '/root/empty': [],
}

async function tree({ folders = FOLDERS, version = 0 } = {}) {
  const opened: string[] = []
  const list = async ({ path }: { path: string }) => {
    const found = folders[path]
    if (!found) throw refusal(`There is no folder ${path}.`)
    return found
  }
  const at = (now: number) => (
    <FileTree sessionId="s1" node="node1" version={now} onOpen={(path) => opened.push(path)} />
  )
  const screen = await show(at(version), { calls: { 'file.list': list } })
  return { ...screen, opened, readAgain: () => screen.rerender(at(version + 1)) }
}

const row = (name: string) => page.getByRole('row', { name })
const names = () =>
  page
    .getByRole('row')
    .elements()
    .map((one) => one.textContent?.trim())

test('shows the files of the home folder, folders closed', async () => {
  await tree()
  await expect.element(page.getByRole('treegrid', { name: 'Files of node1' })).toBeVisible()
  await expect.element(row('notes.txt')).toBeVisible()
  expect(names()).toEqual(['app', 'empty', 'notes.txt'])
  await expect.element(row('app')).toHaveAttribute('aria-expanded', 'false')
})

test('a click on a folder expands it, and another one collapses it', async () => {
  const { host, opened } = await tree()
  await row('app').click()
  await expect.element(row('Dockerfile')).toBeVisible()
  await expect.element(row('app')).toHaveAttribute('aria-expanded', 'true')
  expect(host.inputsOf('file.list')).toContainEqual({ sessionId: 's1', node: 'node1', path: '/root/app' })
  await row('app').click()
  await expect.element(row('Dockerfile')).not.toBeInTheDocument()
  expect(opened).toEqual([])
})

test('the chevron expands a folder too', async () => {
  await tree()
  await row('app').getByRole('button').click()
  await expect.element(row('Dockerfile')).toBeVisible()
})

test('a click on a file opens it', async () => {
  const { opened } = await tree()
  await row('notes.txt').click()
  expect(opened).toEqual(['/root/notes.txt'])
})

test('arrow keys go through the tree, open and close folders, and Enter opens a file', async () => {
  const { opened } = await tree()
  await expect.element(row('app')).toBeVisible()
  await userEvent.keyboard('{Tab}')
  await expect.element(row('app')).toHaveFocus()
  await userEvent.keyboard('{ArrowRight}')
  await expect.element(row('Dockerfile')).toBeVisible()
  await userEvent.keyboard('{ArrowDown}{Enter}')
  expect(opened).toEqual(['/root/app/Dockerfile'])
  await userEvent.keyboard('{End}')
  await expect.element(row('notes.txt')).toHaveFocus()
  await userEvent.keyboard('{Home}{ArrowLeft}')
  await expect.element(row('Dockerfile')).not.toBeInTheDocument()
})

test('Enter on a folder expands it', async () => {
  const { opened } = await tree()
  await expect.element(row('app')).toBeVisible()
  await userEvent.keyboard('{Tab}{Enter}')
  await expect.element(row('Dockerfile')).toBeVisible()
  expect(opened).toEqual([])
})

test('folders inside folders are read when they are expanded, and not before', async () => {
  const { host } = await tree()
  await row('app').click()
  await row('src').click()
  await expect.element(row('main.py')).toHaveAttribute('aria-level', '3')
  expect(host.inputsOf('file.list')).not.toContainEqual(expect.objectContaining({ path: '/root/empty' }))
})

test('an empty folder says so, and so does an empty home', async () => {
  const { opened } = await tree()
  await row('empty').click()
  await expect.element(row('No files yet')).toBeVisible()
  await row('No files yet').click()
  expect(opened).toEqual([])
})

test('files of the shell are not shown', async () => {
  await tree({ folders: { '/root': [file('/root/.bashrc'), file('/root/.docker', 'directory')] } })
  await expect.element(row('No files yet')).toBeVisible()
  expect(names()).toEqual(['No files yet'])
})

test('a folder that cannot be read says why', async () => {
  await tree({ folders: { '/root': [file('/root/gone', 'directory')] } })
  await row('gone').click()
  await expect.element(row('There is no folder /root/gone.')).toBeVisible()
})

test('a new version reads the home and the expanded folders again, and keeps them expanded', async () => {
  const folders = { ...FOLDERS }
  const { readAgain } = await tree({ folders })
  await row('app').click()
  await expect.element(row('Dockerfile')).toBeVisible()
  folders['/root/app'] = [file('/root/app/compose.yaml')]
  await readAgain()
  await expect.element(row('compose.yaml')).toBeVisible()
  await expect.element(row('Dockerfile')).not.toBeInTheDocument()
})
