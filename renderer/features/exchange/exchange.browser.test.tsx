import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { ExportReady, ImportPreview, OwnQuestionsView, PreviewItem } from '../../../main/api'
import { blueprint } from '../../testing/exam-samples.test-kit'
import { type FakeHandlers, FakeHost, refusal } from '../../testing/host.test-kit'
import { show } from '../../testing/show.test-kit'
import { ExchangePage } from './exchange-page'

const GIF = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'
const NOTHING: OwnQuestionsView = {
  folder: '/data/questions',
  questions: 0,
  folders: [],
  tags: [],
  problems: [],
}
const SOME: OwnQuestionsView = {
  ...NOTHING,
  questions: 3,
  folders: [{ name: 'week-1', questions: 3 }],
  problems: [
    {
      file: 'week-1/quiz.yaml',
      line: 12,
      column: 1,
      message: 'No option is right.',
      help: 'Mark the key with right: true.',
      severity: 'error',
    },
  ],
}
const PREVIEW: ImportPreview = {
  format: { id: 'moodle-xml', title: 'Moodle XML', extension: '.xml' },
  encoding: 'utf-8',
  items: 12,
  duplicates: 2,
  withLoss: 1,
  pictures: 1,
  withoutObjective: 11,
  leftOut: 1,
  problems: [
    {
      file: 'quiz.xml',
      line: 88,
      column: 1,
      message: 'No option gives all points.',
      help: 'Correct it here.',
      severity: 'error',
    },
  ],
}

function item(number: number): PreviewItem {
  return {
    id: `port-${number}`,
    kind: 'choice',
    stem: `Which port of ${number}? ![the network](pictures/net.gif)`,
    exhibits: [{ kind: 'output', text: 'CONTAINER ID\n' }],
    options: [
      { text: '`8080`', right: true, why: null },
      { text: '80', right: false, why: 'That is inside.' },
    ],
    pairs: [],
    explanation: 'The first number is that of the host.',
    source: 'quiz.xml',
    objectives: ['NET-05'],
    difficulty: 'medium',
    tags: ['chapter-3'],
    category: 'Docker/Networks',
    lost: number === 1 ? ['hints'] : [],
    line: number === 1 ? 7 : null,
    duplicate: number === 2 ? "in Capstan's bank as “net-port”" : null,
  }
}

async function exchangePage({
  own = NOTHING,
  calls = {},
}: {
  own?: OwnQuestionsView
  calls?: FakeHandlers['calls']
} = {}) {
  let questions = own
  const host = new FakeHost({
    calls: {
      'own.list': async () => questions,
      'own.practise': async () => ({ attemptId: 'd1' }),
      'exam.blueprint': async () => blueprint(),
      'exchange.formats': async () => [
        { id: 'gift', title: 'GIFT', extension: '.gift' },
        { id: 'moodle-xml', title: 'Moodle XML', extension: '.xml' },
      ],
      'exchange.begin': async () => ({ importId: 'i1' }),
      'exchange.part': async () => ({}),
      'exchange.preview': async () => PREVIEW,
      'exchange.items': async ({ from, count }) =>
        Array.from({ length: 12 }, (_one, index) => item(index + 1)).slice(from, from + count),
      'exchange.picture': async () => ({ type: 'image/gif' as const, data: GIF }),
      'exchange.add': async () => {
        questions = SOME
        return { added: 10, folder: 'quiz' }
      },
      'exchange.forget': async () => ({}),
      'exchange.export': async () => ({
        exportId: 'e1',
        name: 'capstan-my-questions.gift',
        size: 4,
        items: 3,
        lost: [{ part: 'its pictures', items: 1 }],
      }),
      'exchange.exported': async ({ offset }) =>
        offset === 0 ? { data: btoa('abc'), isLast: false } : { data: btoa('d'), isLast: true },
      ...calls,
    },
  })
  const screen = await show(<ExchangePage />, { host, at: '/my-questions' })
  await expect.element(page.getByRole('button', { name: 'Choose a file' })).toBeVisible()
  return screen
}

const choose = (name = 'quiz.xml', content = '<quiz/>') =>
  page.getByLabelText('File to import').upload(new File([content], name))
const place = () => document.querySelector('.exchange-drop') ?? expect.fail('there is no place for a file')
/** Drops a file. A large one would come late through the program that drives the browser. */
function drop(file: File): void {
  const dataTransfer = new DataTransfer()
  dataTransfer.items.add(file)
  place().dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }))
}
const preview = () => page.getByRole('region', { name: /^What was understood of/ })

test('a file is shown as it was understood, and added only then', async () => {
  const { host, address } = await exchangePage()
  await choose()
  await expect
    .element(preview().getByRole('heading', { name: 'What was understood of quiz.xml' }))
    .toHaveFocus()
  for (const fact of [
    'Moodle XML',
    'UTF-8',
    '12 questions',
    'quiz.xml:88',
    'No option gives all points.',
    'Correct it here.',
  ])
    await expect.element(preview().getByText(fact).first()).toBeVisible()
  await expect.element(preview().getByText('Which port of 1?')).toBeVisible()
  await expect.element(preview().getByText('It comes without hints (line 7).')).toBeVisible()
  await expect.element(preview().getByText(/The same question is in Capstan's bank/)).toBeVisible()
  await expect.element(preview().getByRole('img', { name: 'right' }).first()).toBeVisible()
  await expect.element(preview().getByText('That is inside.').first()).toBeVisible()
  await expect
    .element(
      preview()
        .getByText(/Category: Docker\/Networks · Tags: chapter-3/)
        .first(),
    )
    .toBeVisible()
  await expect
    .element(preview().getByRole('img', { name: 'the network' }).first())
    .toHaveAttribute('src', `data:image/gif;base64,${GIF}`)
  expect(host.inputsOf('exchange.add')).toEqual([])
  await preview().getByRole('button', { name: 'Add 10 questions' }).click()
  await expect.element(page.getByText('10 questions added to the folder quiz.')).toBeVisible()
  expect(host.inputsOf('exchange.add')).toEqual([{ importId: 'i1', duplicates: false, without: [] }])
  await expect.element(page.getByText('3 questions').first()).toBeVisible()
  await page.getByRole('button', { name: 'Practise them now' }).click()
  await expect.poll(address).toBe('/exam/d1')
  expect(host.inputsOf('own.practise')).toEqual([{ folder: 'quiz' }])
})

test('an ordering is shown in its right order, a matching with what belongs together', async () => {
  const option = (text: string, right: boolean) => ({ text, right, why: null })
  const ordering = { ...item(1), kind: 'ordering', options: [option('build', true), option('push', true)] }
  const matching = {
    ...item(3),
    kind: 'matching',
    options: [option('2377', true), option('7946', true), option('2376', false)],
    pairs: [
      { left: 'join', right: '2377' },
      { left: 'gossip', right: '7946' },
    ],
  }
  await exchangePage({ calls: { 'exchange.items': async () => [ordering, matching] } })
  await choose()
  const entries = preview().getByRole('list', { name: 'The right order' }).getByRole('listitem')
  await expect.element(entries.nth(0)).toHaveTextContent('build')
  await expect.element(entries.nth(1)).toHaveTextContent('push')
  const pairs = preview().getByRole('list', { name: 'What belongs together' }).getByRole('listitem')
  await expect.element(pairs.nth(1)).toHaveTextContent('gossip7946')
  const extras = preview().getByRole('list', { name: 'Options that belong to nothing' })
  await expect.element(extras).toHaveTextContent('2376')
})

test('the questions of a file are looked at ten at a time', async () => {
  const { host } = await exchangePage()
  await choose()
  await expect.element(preview().getByText('Questions 1 to 10 of 12')).toBeVisible()
  await preview().getByRole('button', { name: 'Next' }).click()
  await expect.element(preview().getByText('Questions 11 to 12 of 12')).toBeVisible()
  await expect.element(preview().getByText('Which port of 12?')).toBeVisible()
  await expect.element(preview().getByRole('button', { name: 'Next' })).toBeDisabled()
  expect(host.inputsOf('exchange.items').at(-1)).toEqual({ importId: 'i1', from: 10, count: 10 })
})

test('the objective is chosen for those that name none, or for all', async () => {
  const { host } = await exchangePage()
  await choose()
  await page.getByRole('combobox', { name: 'Objective of questions that name none' }).selectOptions('IMG-02')
  await page.getByRole('checkbox', { name: 'Also for the 1 question with an objective in the file' }).click()
  await expect
    .poll(() => host.inputsOf('exchange.preview').at(-1))
    .toEqual({ importId: 'i1', objective: 'IMG-02', forAll: true })
})

test('single questions are left out, and a duplicate can be chosen once duplicates are wanted', async () => {
  const { host } = await exchangePage()
  await choose()
  await page.getByRole('checkbox', { name: 'Add question 3' }).click()
  const duplicate = page.getByRole('checkbox', { name: 'Add question 2' })
  await expect.element(duplicate).toBeDisabled()
  await expect.element(duplicate).not.toBeChecked()
  await expect.element(page.getByRole('button', { name: 'Add 9 questions' })).toBeEnabled()
  await page.getByRole('checkbox', { name: /that you have already/ }).click()
  await expect.element(page.getByRole('button', { name: 'Add 11 questions' })).toBeEnabled()
  await duplicate.click()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('checkbox', { name: 'Add question 12' }).click()
  await page.getByRole('checkbox', { name: 'Add question 12' }).click()
  await page.getByRole('button', { name: 'Previous' }).click()
  await expect.element(page.getByRole('checkbox', { name: 'Add question 3' })).not.toBeChecked()
  await page.getByRole('button', { name: 'Add 10 questions' }).click()
  await expect
    .poll(() => host.inputsOf('exchange.add'))
    .toEqual([{ importId: 'i1', duplicates: true, without: [2, 1] }])
})

test('duplicates are added when they are wanted', async () => {
  const { host } = await exchangePage()
  await choose()
  await page.getByRole('checkbox', { name: /that you have already/ }).click()
  await page.getByRole('button', { name: 'Add 12 questions' }).click()
  await expect
    .poll(() => host.inputsOf('exchange.add'))
    .toEqual([{ importId: 'i1', duplicates: true, without: [] }])
})

test('a file of nothing says why, and can be closed', async () => {
  const { host } = await exchangePage({
    calls: { 'exchange.preview': async () => ({ ...PREVIEW, format: null, items: 0, duplicates: 0 }) },
  })
  await choose()
  await expect.element(preview().getByText('not recognised')).toBeVisible()
  expect(preview().getByRole('button', { name: /^Add/ }).elements()).toEqual([])
  await preview().getByRole('button', { name: 'Close' }).click()
  await expect.element(preview()).not.toBeInTheDocument()
  expect(host.inputsOf('exchange.forget')).toEqual([{ importId: 'i1' }])
})

test('a file that is refused says what to do, and another one can be chosen', async () => {
  let isRefused = true
  await exchangePage({
    calls: {
      'exchange.preview': async () => {
        if (isRefused) throw refusal('quiz.xml: This is no text.', 'Save it as UTF-8.')
        return PREVIEW
      },
    },
  })
  await choose()
  await expect.element(page.getByRole('alert')).toHaveTextContent(/This is no text\.\s*Save it as UTF-8\./)
  isRefused = false
  await choose()
  await expect.element(preview()).toBeVisible()
  expect(page.getByRole('alert').elements()).toEqual([])
})

test('a file that is too large is not sent', async () => {
  const { host } = await exchangePage()
  const large = new File([new Uint8Array(20 * 1024 * 1024 + 1)], 'large.xml')
  drop(large)
  await expect.element(page.getByRole('alert')).toHaveTextContent('large.xml is larger than 20 MB.')
  expect(host.inputsOf('exchange.begin')).toEqual([])
})

test('what is being written cannot be cancelled', async () => {
  let finish = (_added: { added: number; folder: string }) => {}
  const added = new Promise<Parameters<typeof finish>[0]>((resolve) => {
    finish = resolve
  })
  await exchangePage({ calls: { 'exchange.add': () => added } })
  await choose()
  await page.getByRole('button', { name: /^Add 10/ }).click()
  await expect.element(page.getByRole('progressbar', { name: 'Adding the questions' })).toBeVisible()
  expect(page.getByRole('button', { name: 'Cancel' }).elements()).toEqual([])
  finish({ added: 10, folder: 'quiz' })
  await expect.element(page.getByText('10 questions added')).toBeVisible()
})

test('while a file is made nothing else can be chosen for it', async () => {
  let finish = (_made: ExportReady) => {}
  const made = new Promise<ExportReady>((resolve) => {
    finish = resolve
  })
  await exchangePage({ calls: { 'exchange.export': () => made } })
  await page.getByRole('button', { name: 'Make the file' }).click()
  for (const label of ['Questions', 'Format'])
    await expect.element(page.getByRole('combobox', { name: label })).toBeDisabled()
  finish({ exportId: 'e1', name: 'capstan-bank.gift', size: 4, items: 3, lost: [] })
  await expect.element(page.getByRole('button', { name: 'Save capstan-bank.gift' })).toBeVisible()
  await expect.element(page.getByRole('combobox', { name: 'Format' })).toBeEnabled()
})

test('a file goes in parts, and reading it can be cancelled', async () => {
  const { host } = await exchangePage({ calls: { 'exchange.preview': () => new Promise(() => undefined) } })
  drop(new File([new Uint8Array(1_000_000)], 'quiz.xml'))
  await expect.element(page.getByText('Reading quiz.xml…')).toBeVisible()
  expect(host.inputsOf('exchange.part').map((part) => (part as { offset: number }).offset)).toEqual([
    0, 393_216, 786_432,
  ])
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect.element(page.getByText('Reading quiz.xml…')).not.toBeInTheDocument()
  await expect.element(page.getByRole('button', { name: 'Choose a file' })).toBeEnabled()
  expect(page.getByRole('alert').elements()).toEqual([])
})

test('a file is dropped', async () => {
  await exchangePage()
  const target = place()
  target.dispatchEvent(new DragEvent('dragover', { bubbles: true, cancelable: true }))
  await expect.element(page.elementLocator(target)).toHaveAttribute('data-over', 'true')
  drop(new File(['<quiz/>'], 'dropped.xml'))
  await expect
    .element(page.getByRole('heading', { name: 'What was understood of dropped.xml' }))
    .toBeVisible()
  await expect.element(page.elementLocator(target)).toHaveAttribute('data-over', 'false')
})

test('everything is reached by keyboard', async () => {
  await exchangePage({ own: SOME })
  const names: string[] = []
  for (let turn = 0; turn < 12; turn++) {
    await userEvent.tab()
    const { activeElement } = document
    names.push(activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? '')
  }
  for (const name of [
    'Choose another folder',
    'Practise: week-1',
    'Look again',
    'Choose a file',
    'Make the file',
  ])
    expect(names).toContain(name)
})

test('problems of the files are told with their lines, and a folder is practised', async () => {
  const { host, address } = await exchangePage({ own: SOME })
  await expect.element(page.getByText('week-1/quiz.yaml:12')).toBeVisible()
  await expect.element(page.getByText('Mark the key with right: true.')).toBeVisible()
  await page.getByRole('button', { name: 'Practise: week-1' }).click()
  await expect.poll(address).toBe('/exam/d1')
  expect(host.inputsOf('own.practise')).toEqual([{ folder: 'week-1' }])
})

test('before a file is saved, the page says what its format does not keep', async () => {
  const { host } = await exchangePage({ own: SOME })
  await page.getByRole('button', { name: 'Make the file' }).click()
  await expect.element(page.getByText('its pictures (1 question)')).toBeVisible()
  expect(host.inputsOf('exchange.export')).toEqual([{ wish: { of: 'own' }, format: 'gift' }])
  expect(host.inputsOf('exchange.exported')).toEqual([])
  await page.getByRole('button', { name: 'Save capstan-my-questions.gift' }).click()
  await expect
    .poll(() => host.inputsOf('exchange.exported'))
    .toEqual([
      { exportId: 'e1', offset: 0 },
      { exportId: 'e1', offset: 3 },
    ])
})

test.each([
  ['All of your own (3)', { of: 'own' }],
  ['week-1 (3)', { of: 'own', folder: 'week-1' }],
  ['Those that you have seen and missed', { of: 'missed' }],
  ['The whole bank', { of: 'bank' }],
  ['Storage', { of: 'bank', domain: 'storage' }],
])('%s is exported', async (name, wish) => {
  const { host } = await exchangePage({ own: SOME })
  await page.getByRole('combobox', { name: 'Questions' }).selectOptions(name)
  await page.getByRole('combobox', { name: 'Format' }).selectOptions('Moodle XML')
  await page.getByRole('button', { name: 'Make the file' }).click()
  await expect.poll(() => host.inputsOf('exchange.export')).toEqual([{ wish, format: 'moodle-xml' }])
  const warning = page.getByText('The file has the answers').elements()
  expect(warning).toHaveLength(wish.of === 'bank' ? 1 : 0)
})

test('an export that is refused says why', async () => {
  await exchangePage({
    own: SOME,
    calls: {
      'exchange.export': async () => {
        throw refusal('A real exam is not over yet.', 'Continue it, or end it first.')
      },
    },
  })
  await page.getByRole('button', { name: 'Make the file' }).click()
  await expect.element(page.getByRole('alert')).toHaveTextContent('A real exam is not over yet.')
})
