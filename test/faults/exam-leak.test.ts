import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bank, type Item, wholeItems } from '../../exam'
import { type Contract, contract } from '../../main/api'
import { loadBank } from '../../main/services'
import { hiddenItems } from '../../main/services/exams/closed-book'
import { ROOT } from '../e2e/serve'
import { beganOf, examHosts, journalOf } from './exam-fixture'
import { openPage, type Page } from './host'

const hosts = examHosts()
let bank: Bank
beforeAll(async () => {
  bank = (await loadBank(ROOT)).bank
})
let page: Page
afterAll(() => page?.close())

/** Every call of the contract, with all the inputs that might show something of an exam. */
function inputsOf(attempts: readonly string[]): {
  readonly [K in keyof Contract['calls']]: readonly object[]
} {
  const [onAttempt, onItem] = [
    attempts.map((attemptId) => ({ attemptId })),
    attempts.flatMap((attemptId) => Array.from({ length: 55 }, (_one, item) => ({ attemptId, item }))),
  ]
  const inSession = { sessionId: '0123abcd' }
  const onNode = { ...inSession, node: 'node1', path: '/' }
  return {
    'app.state': [{}],
    'app.doctor': [{}],
    'setup.retry': [{}],
    'lab.list': [{}],
    'lab.open': [{ labId: 'published-ports' }],
    'lab.allow': [{ labId: 'published-ports', hash: 'a'.repeat(64) }],
    'session.list': [{}],
    'session.start': [{ labId: 'published-ports' }],
    'session.check': [inSession],
    'session.openStep': [{ ...inSession, stepId: 'one' }],
    'session.hint': [{ ...inSession, stepId: 'one' }],
    'session.solution': [{ ...inSession, stepId: 'one' }],
    'session.reset': [inSession],
    'session.switchNode': [{ ...inSession, node: 'node1', action: 'stop' }],
    'session.stop': [inSession],
    'preview.open': [{ ...inSession, node: 'node1', port: 80 }],
    'playground.options': [{}],
    'playground.start': [{ managers: 99, workers: 0 }],
    'playground.rename': [{ ...inSession, name: 'x' }],
    'playground.save': [inSession],
    'playground.continue': [inSession],
    'playground.addNode': [{ ...inSession, role: 'worker', join: true }],
    'playground.removeNode': [{ ...onNode, leave: false }],
    'playground.placeCompose': [{ ...inSession, name: 'web', text: 'x' }],
    'playground.remove': [inSession],
    'terminal.open': [{ ...inSession, node: 'node1', cols: 80, rows: 24 }],
    'terminal.list': [inSession],
    'terminal.write': [{ terminalId: 't', data: 'x' }],
    'terminal.run': [{ terminalId: 't', code: 'x' }],
    'terminal.resize': [{ terminalId: 't', cols: 80, rows: 24 }],
    'terminal.ack': [{ terminalId: 't', chars: 1 }],
    'terminal.renew': [{ terminalId: 't' }],
    'terminal.close': [{ terminalId: 't' }],
    'file.list': [onNode],
    'file.read': [onNode],
    'file.write': [{ ...onNode, content: 'x' }],
    'map.inspect': [{ ...inSession, node: 'node1', kind: 'container', id: 'a' }],
    'file.stamp': [{ sessionId: onNode.sessionId, node: onNode.node, folders: ['/'] }],
    'file.rename': [{ ...onNode, to: '/b' }],
    'file.remove': [onNode],
    'file.makeFolder': [onNode],
    'file.readPart': [{ ...onNode, offset: 0, length: 1 }],
    'file.writePart': [{ ...onNode, offset: 0, data: '', isLast: true }],
    'exam.blueprint': [{}],
    'exam.list': [{}],
    'exam.start': [
      { mode: 'real' },
      { mode: 'practice', length: 55 },
      ...bankObjectives().map((one) => ({ mode: 'practice', objectives: [one], length: 100 })),
    ],
    'exam.retry': onAttempt.flatMap((one) => ['missed', 'form'].map((what) => ({ ...one, what }))),
    'exam.move': onItem,
    'exam.choose': onItem.map((one) => ({ ...one, options: [] })),
    'exam.decide': onItem.map((one) => ({ ...one, option: 1, yes: true })),
    'exam.flag': onItem.map((one) => ({ ...one, on: true })),
    'exam.reveal': onItem,
    'exam.takeNode': onItem,
    'exam.leaveNode': onItem,
    'exam.judge': onItem,
    'exam.result': onAttempt,
    'exam.end': onAttempt,
    'exam.remove': onAttempt,
    'marks.get': [{ itemId: 'x' }],
    'marks.set': [{ itemId: 'x', bookmarked: true, note: '' }],
    'marks.questions': [{}],
    'marks.practise': [{ filter: 'missed' }, { filter: 'unseen', length: 100 }],
    'handsOn.list': [{}],
    'handsOn.start': [{ examId: 'night-shift' }],
    'handsOn.open': onAttempt.map((one) => ({ ...one, task: 0 })),
    'handsOn.handIn': onAttempt.map((one) => ({ ...one, task: 0 })),
    'handsOn.end': onAttempt,
    'handsOn.result': onAttempt,
    'handsOn.remove': onAttempt,
    'progress.overview': [{}],
    'progress.curve': [{}],
    'progress.reviews': [{}],
    'progress.statistics': [{}, { keys: true }],
    'progress.export': [{ format: 'csv' }, { format: 'json' }],
    'transfer.export': [{}],
    'transfer.import': [{ packed: '' }],
    'transfer.reset': [{}],
    'progress.review': [{}],
    'progress.drill': bankObjectives().map((one) => ({ objectives: [one], length: 100 })),
    'path.list': [{ attempts: true }],
    'path.practised': [{ labId: 'published-ports' }],
    'path.place': [{}],
    'path.placement': [{}],
    'objective.list': [{}],
    'objective.open': bankObjectives().map((objectiveId) => ({ objectiveId })),
    'search.find': ['docker', 'the', 'swarm', 'image'].map((text) => ({ text })),
    'own.list': [{}],
    'own.practise': [{}, { length: 100 }],
    'exchange.formats': [{}],
    'exchange.begin': [{ fileName: 'x.csv', size: 0 }],
    'exchange.part': [{ importId: 'x', offset: 0, data: '' }],
    'exchange.preview': [{ importId: 'x', objective: 'ORC-01' }],
    'exchange.items': [{ importId: 'x', from: 0, count: 50 }],
    'exchange.picture': [{ importId: 'x', path: 'pictures/x.png' }],
    'exchange.add': [{ importId: 'x', duplicates: true }],
    'exchange.forget': [{ importId: 'x' }],
    'exchange.export': ['bank', 'own', 'missed'].map((of) => ({ wish: { of }, format: 'gift' })),
    'exchange.exported': [{ exportId: 'x', offset: 0 }],
    'picture.get': onItem.map((of) => ({ of, path: 'pictures/x.png' })),
    'settings.get': [{}],
    'settings.set': [{ passMark: 66 }],
    'settings.askHostTerminal': [{ on: true }],
  }
}

function bankObjectives(): string[] {
  return [...new Set(bank.items.flatMap(({ objectives }) => objectives))]
}

/** Answers every item of an attempt and ends it, so that its keys were seen once. */
async function sit(attemptId: string, keys: ReadonlyMap<number, readonly number[]>): Promise<void> {
  for (const [item, options] of keys) {
    const { current } = await page.api.call('exam.move', { attemptId, item })
    if (current.delivery === 'classic') {
      await page.api.call('exam.choose', { attemptId, item, options: [...options] })
      await page.api.call('exam.reveal', { attemptId, item })
    }
    for (let { closed, options: shown } = current; !closed && shown[0]; ) {
      const [option] = shown
      const yes = options.includes(option.id)
      const next = await page.api.call('exam.decide', { attemptId, item, option: option.id, yes })
      closed = next.current.closed
      shown = next.current.options
    }
  }
}

/**
 * Ids of the items whose keys are told: a revealed item has its explanation, and lists of items with their options or
 * answers name the item. Short reasons may be open texts of other items, so they prove nothing.
 */
function keysToldIn(wire: string, items: readonly Item[]): string[] {
  const isTold = ({ id, explanation }: Item) =>
    wire.includes(`"itemId":"${id}"`) || wire.includes(JSON.stringify(explanation.trim()).slice(1, -1))
  return items.filter(isTold).map(({ id }) => id)
}

test('with two windows and every call of the contract no key of a running exam is told', async () => {
  const folder = await hosts.dataFolder()
  const app = await hosts.open(folder)
  const frames: string[] = []
  page = await openPage(app.url, (text, direction) => direction === 'in' && frames.push(text))
  const begun: string[] = []
  for (const ends of [true, false]) {
    const { attemptId } = await page.api.call('exam.start', { mode: 'practice', length: 200 })
    const { form } = beganOf(await journalOf(folder, attemptId))
    await sit(attemptId, new Map(form.items.map(({ key }, index) => [index, key])))
    if (ends) await page.api.call('exam.end', { attemptId })
    begun.push(attemptId)
  }
  const { attemptId: exam } = await app.api.call('exam.start', { mode: 'real' })
  const { form } = beganOf(await journalOf(folder, exam))
  const own = wholeItems(bank, bank.items).filter(({ id }) => hiddenItems([{ form }], bank).has(id))
  const asked = form.items.flatMap(({ id }) => bank.item(id) ?? [])
  const items = [...new Map([...own, ...asked].map((item) => [item.id, item])).values()]
  expect(items.length).toBeGreaterThanOrEqual(55)
  // The same calls without an exam do tell keys, so this test can fail.
  expect(keysToldIn(frames.join('\n'), items).length).toBeGreaterThan(10)

  frames.length = 0
  for (const attemptId of begun)
    page.api.subscribe('exam.watch', { attemptId }, { onItem: () => undefined, onError: () => undefined })
  const inputs = inputsOf([...begun, exam])
  expect(Object.keys(inputs).sort()).toEqual(Object.keys(contract.calls).sort())
  const isOfExam = (input: object) => 'attemptId' in input && input.attemptId === exam
  for (const [name, all] of Object.entries(inputs))
    for (const input of all) {
      // The exam itself goes on until everything else was tried.
      if (name === 'exam.end' && isOfExam(input)) continue
      await page.api.call(name as 'exam.list', input as Record<string, never>).catch(() => undefined)
    }
  expect((await app.api.call('exam.list', {})).find(({ id }) => id === exam)?.state).toBe('running')
  expect(frames.length).toBeGreaterThan(500)
  expect(keysToldIn(frames.join('\n'), items)).toEqual([])
}, 180_000)
