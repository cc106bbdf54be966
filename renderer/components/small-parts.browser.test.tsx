import { Plus } from 'lucide-react'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { Button } from './button'
import { IconButton } from './icon-button'
import { InlineCode } from './inline-code'
import { PageTitle } from './page-title'
import { ProblemPanel } from './problem'

test.each([
  [<Button key="1">Go</Button>, 'button button-normal'],
  [
    <Button key="2" weight="primary" small>
      Go
    </Button>,
    'button button-primary button-small',
  ],
  [<Button key="3" aria-label="Go" icon={<Plus />} />, 'button button-normal button-icon'],
])('the classes of a button: %#', async (button, classes) => {
  await render(button)
  await expect.element(page.getByRole('button', { name: 'Go' })).toHaveAttribute('class', classes)
})

test('an icon button has its label as its name, and is pressed once', async () => {
  let presses = 0
  await render(<IconButton icon={Plus} label="Add" onPress={() => presses++} />)
  await page.getByRole('button', { name: 'Add' }).click()
  expect(presses).toBe(1)
})

test('a page title names the window and takes the focus', async () => {
  const { rerender } = await render(<PageTitle title="Labs" />)
  await expect.element(page.getByRole('heading', { name: 'Labs' })).toHaveFocus()
  expect(document.title).toBe('Labs · Capstan')
  await rerender(<PageTitle title="Exam" />)
  expect(document.title).toBe('Exam · Capstan')
})

test('a problem is announced, says what to do, and can be tried again', async () => {
  let tries = 0
  await render(
    <ProblemPanel
      problem={{ code: 'x', message: 'It broke.', help: 'Start it again.' }}
      onAction={() => tries++}
    />,
  )
  await expect.element(page.getByRole('alert')).toHaveTextContent('It broke.Start it again.')
  await page.getByRole('button', { name: 'Try again' }).click()
  expect(tries).toBe(1)
})

test('a problem without an action has no button', async () => {
  await render(<ProblemPanel problem={{ code: 'x', message: 'It broke.', help: null }} />)
  await expect.element(page.getByText('It broke.')).toBeVisible()
  expect(page.getByRole('button').elements()).toEqual([])
})

test.each([
  ['Use `docker ps` and `docker top`.', ['docker ps', 'docker top'], 'Use docker ps and docker top.'],
  ['No code', [], 'No code'],
  ['A single ` is text', [], 'A single ` is text'],
  ['An empty `` is text', [], 'An empty `` is text'],
])('inline code of "%s"', async (text, codes, words) => {
  const { container } = await render(
    <p>
      <InlineCode text={text} />
    </p>,
  )
  expect([...container.querySelectorAll('code')].map((code) => code.textContent)).toEqual(codes)
  expect(container.textContent).toBe(words)
})
