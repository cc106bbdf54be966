import { afterEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { HandClock } from '../testing/clock.test-kit'
import { show } from '../testing/show.test-kit'
import { CodeRunner, type RunCode } from './code-block'
import { Markdown } from './markdown'

const clipboard = Object.getOwnPropertyDescriptor(navigator, 'clipboard')
afterEach(() => {
  if (clipboard) Object.defineProperty(navigator, 'clipboard', clipboard)
  else Reflect.deleteProperty(navigator, 'clipboard')
})

/** Copied text goes into the list. The clipboard of the machine is not touched. */
function ownClipboard(): string[] {
  const copied: string[] = []
  const writeText = async (text: string) => void copied.push(text)
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } })
  return copied
}

test('shows headings, lists, tables and lists of tasks', async () => {
  await show(<Markdown text={'## Title\n\n- one\n- two\n\n|a|b|\n|-|-|\n|1|2|\n\n- [x] done\n- [ ] open'} />)
  await expect.element(page.getByRole('heading', { level: 2, name: 'Title' })).toBeVisible()
  await expect.element(page.getByRole('cell', { name: '2' })).toBeVisible()
  const boxes = page.getByRole('checkbox').elements()
  expect(boxes.map((box) => (box instanceof HTMLInputElement ? [box.checked, box.disabled] : null))).toEqual([
    [true, true],
    [false, true],
  ])
})

test.each([
  ['a script', '<script>window.wasRun = true</script>'],
  ['an image with a handler', '<img src="x" onerror="window.wasRun = true">'],
  ['a frame', '<iframe src="https://example.com"></iframe>'],
  ['a form', '<form action="https://example.com"><button>Go</button></form>'],
])('HTML is not made into elements: %s', async (_name, html) => {
  const { container } = await show(<Markdown text={`${html}\n\nWords after ${html} it`} />)
  await expect.element(page.getByText(/Words after/)).toBeVisible()
  expect(container.querySelector('script, iframe, form, [onerror]')).toBeNull()
  expect('wasRun' in window).toBe(false)
})

test('a link to a web address opens outside, and any other is text', async () => {
  await show(<Markdown text="[out](https://docs.docker.com) [in](#/labs/x) [bad](javascript:alert(1))" />)
  const link = page.getByRole('link')
  await expect.element(link).toHaveTextContent('out')
  await expect.element(link).toHaveAttribute('target', '_blank')
  await expect.element(link).toHaveAttribute('rel', 'noopener noreferrer')
  await expect.element(page.getByText('bad')).toBeVisible()
})

test('code is copied without its last line end, and the button confirms it for a while', async () => {
  const copied = ownClipboard()
  const clock = new HandClock()
  await show(<Markdown text={'```sh\ndocker ps\ndocker images\n```'} />, { clock })
  const icon = () =>
    page.getByRole('button', { name: 'Copy' }).element().querySelector('svg')?.classList.value
  await page.getByRole('button', { name: 'Copy' }).click()
  await expect.poll(icon).toContain('check')
  expect(copied).toEqual(['docker ps\ndocker images'])
  clock.advance(1499)
  expect(icon()).toContain('check')
  clock.advance(1)
  await expect.poll(icon).toContain('copy')
})

const running = (text: string, run: RunCode = () => undefined, nodes = ['node1']) => (
  <CodeRunner run={run} nodes={nodes}>
    <Markdown text={text} />
  </CodeRunner>
)

test.each([
  ['sh', true],
  ['bash', true],
  ['sh copy', false],
  ['yaml', false],
  ['', false],
])('a block ```%s has a Run button: %s', async (info, hasButton) => {
  await show(running(`\`\`\`${info}\necho hi\n\`\`\``))
  await expect.element(page.getByText('echo hi')).toBeVisible()
  expect(page.getByRole('button', { name: /^Run/ }).elements()).toHaveLength(hasButton ? 1 : 0)
})

test('Run names the node and hands over the code: that of the block, or the first of the lab', async () => {
  const runs: unknown[] = []
  const text = '```sh node=worker1\nhostname\nexit\n```\n\n```sh\npwd\n```'
  await show(running(text, (code, node) => runs.push([code, node]), ['manager1', 'worker1']))
  await expect.element(page.getByText('worker1', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Run on worker1: hostname' }).click()
  await page.getByRole('button', { name: 'Run on manager1: pwd' }).click()
  expect(runs).toEqual([
    ['hostname\nexit', 'worker1'],
    ['pwd', 'manager1'],
  ])
})

test('a block keeps its focus and what is selected in it while the page around it changes', async () => {
  const blocks = () => running('```sh\ndocker ps\n```', () => undefined)
  const { rerender, container } = await show(blocks())
  const code = container.querySelector('.code-block code')
  if (!code) throw new Error('no code')
  const run = page.getByRole('button', { name: 'Run: docker ps' })
  run.element().focus()
  getSelection()?.selectAllChildren(code)
  await rerender(blocks())
  expect(document.activeElement).toBe(run.element())
  expect(container.querySelector('.code-block code')).toBe(code)
  expect(getSelection()?.toString().trim()).toBe('docker ps')
})

test('the lines of a block are selected as they are written', async () => {
  const { container } = await show(<Markdown text={'```sh\none\n\n  three\n```'} />)
  const code = container.querySelector('.code-block code')
  if (!code) throw new Error('no code')
  getSelection()?.selectAllChildren(code)
  expect(getSelection()?.toString().trimEnd()).toBe('one\n\n  three')
})

test('a line that is too long goes on further in', async () => {
  const { container } = await show(
    <div style={{ width: 200 }}>
      <Markdown text={`\`\`\`sh\ndocker run ${'--env A=1 '.repeat(12)}\n\`\`\``} />
    </div>,
  )
  const line = container.querySelector('.code-line')
  const range = document.createRange()
  if (!line) throw new Error('no line')
  range.selectNodeContents(line)
  const lefts = [...range.getClientRects()].filter(({ width }) => width > 1).map(({ left }) => left)
  expect(lefts.length).toBeGreaterThan(1)
  expect(Math.min(...lefts.slice(1))).toBeGreaterThan(lefts[0] ?? 0)
})

test('where nobody runs code, there is no Run button', async () => {
  await show(<Markdown text={'```sh\npwd\n```'} />)
  await expect.element(page.getByRole('button', { name: 'Copy' })).toBeVisible()
  expect(page.getByRole('button').elements()).toHaveLength(1)
})

test('plain text has code without buttons', async () => {
  await show(
    <CodeRunner run={() => undefined} nodes={['node1']}>
      <Markdown plain text={'```sh\npwd\n```'} />
    </CodeRunner>,
  )
  await expect.element(page.getByText('pwd')).toBeVisible()
  expect(page.getByRole('button').elements()).toEqual([])
})
