import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { loadCatalogue } from '../../../engine'
import { type LearningPath, lintPaths, lintSheets } from '../../../exam'
import { choicesOf } from '../../../test/fakes/choices'
import { fakeLab } from '../../../test/fakes/labs'
import { JournalFolder, type LabProgress } from '../../store'
import { type LoadedBank, loadBank, readHandsOn } from '../bank'
import { ExamEntry, ExamsService } from '../exams'
import { loadPathFiles, type PathFiles, PathService, readPathTexts } from '.'
import { commandNames, commandsOf } from './commands'
import { writePathFiles } from './files'

const resources = fileURLToPath(new URL('../../..', import.meta.url))
const LABS = [
  fakeLab({
    id: 'container-life',
    title: 'The life of a container',
    domain: 'installation',
    objectives: ['IMG-04', 'INS-06'],
  }),
  fakeLab({ id: 'published-ports', title: 'Ports', objectives: ['NET-05'] }),
  fakeLab({
    id: 'form-a-swarm',
    title: 'Form a swarm',
    domain: 'orchestration',
    objectives: ['ORC-01'],
    steps: fakeLab({ id: 'x' }).steps.map((step) => ({
      ...step,
      title: 'Found it',
      markdown: '```bash\ndocker node ls\n```',
    })),
  }),
]

let bank: LoadedBank
let files: PathFiles
let folder: string
let exams: ExamsService
let labs: Record<string, LabProgress>
let followed: string | null = null
let placement: string | null
let mark: number

beforeAll(async () => {
  bank = choicesOf(await loadBank(resources))
  files = await loadPathFiles(resources)
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-path-'))
  labs = {}
  placement = null
  mark = 65
  followed = null
  exams = new ExamsService({
    bank,
    journals: new JournalFolder({ folder, entry: ExamEntry, onCorrupt: (message) => expect.fail(message) }),
    labs: () => [],
    passMark: () => mark,
    onProblem: (message) => expect.fail(message),
  })
})
afterEach(async () => {
  await exams.dispose()
  await rm(folder, { recursive: true })
})

function service(more: readonly LearningPath[] = []): PathService {
  return new PathService({
    files: { ...files, paths: [...files.paths, ...more] },
    blueprint: bank.blueprint,
    handsOnExams: [],
    labs: () => LABS,
    labProgress: () => labs,
    exams: async () => exams,
    handsOn: async () => ({ all: async () => [] }),
    followed: () => followed,
    placement: () => placement,
    keepPlacement: async (id) => {
      placement = id
    },
  })
}
const complete = (id: string) => {
  labs[id] = { stepsDone: 1, completedAt: '2026-01-01T00:00:00.000Z' }
}

/** Answers the first item of an attempt to its end: one without any answer is not kept. */
async function answerFirst(attemptId: string): Promise<void> {
  const { current, items } = await exams.view(attemptId)
  const [option] = current.options
  if (current.index > 0 || items[0]?.closed || !option) return
  if (current.delivery === 'classic') {
    await exams.apply(attemptId, { kind: 'chose', item: 0, options: [option.id] })
    return
  }
  await exams.apply(attemptId, { kind: 'decided', item: 0, option: option.id, yes: true })
  await answerFirst(attemptId)
}

test('the paths and sheets that ship are sound: every lab is in a path, every objective has a sheet', async () => {
  const texts = await readPathTexts(resources)
  const shipped = (await loadCatalogue(join(resources, 'labs'))).flatMap(({ lab }) => lab ?? [])
  const handsOn = (await readHandsOn(resources)).map(({ file }) => file.replace(/^.*\/|\.yaml$/g, ''))
  const options = { labs: shipped.filter(({ kind }) => kind === 'lab'), handsOn, blueprint: bank.blueprint }
  expect(texts.paths.length).toBeGreaterThan(2)
  expect(lintPaths(texts.paths, options)).toEqual([])
  expect(lintSheets(texts.sheets, bank.blueprint)).toEqual([])
})

test('what the build has written is used, until a file changes', async () => {
  const built = join(folder, 'path.json')
  await writePathFiles(resources, built)
  expect(await loadPathFiles(resources, built)).toEqual(await loadPathFiles(resources, null))
  expect((await loadPathFiles(folder, built)).paths).toEqual([])
})

test('the main path comes first, with what is done and what a lab waits for', async () => {
  complete('container-life')
  const [main] = await service().list(false)
  expect(main).toMatchObject({ main: true })
  const step = (id: string) => main?.steps.find((one) => one.id === id)
  expect(step('container-life')).toMatchObject({ done: true, waitsFor: [] })
  expect(step('published-ports')).toMatchObject({ done: false, waitsFor: [] })
  expect(step('form-a-swarm')?.waitsFor).toEqual([{ id: 'published-ports', title: 'Ports' }])
  // A lab that is not on this computer is left out.
  expect(step('rolling-update')).toBeUndefined()
})

test('a mock exam is done when one of full length was passed, and says before how the last one went', async () => {
  const mock = async (passMark: number) => {
    mark = passMark
    return (await service().list(true))[0]?.steps.find(({ kind }) => kind === 'mock')
  }
  const sit = async (half: boolean) => {
    const id = await exams.start({ mode: 'real', extraTime: 1, half })
    await exams.apply(id, { kind: 'ended', by: 'candidate' })
  }
  expect(await mock(65)).toMatchObject({ done: false, tried: null })
  await sit(true)
  expect(await mock(65)).toMatchObject({ done: false, tried: null })
  await sit(false)
  expect(await mock(65)).toMatchObject({ done: false, tried: 0 })
  expect(await mock(0)).toMatchObject({ done: true, tried: null })
})

test('a lab that is over names its objectives in words, its commands, and the next lab of its path', () => {
  complete('container-life')
  expect(service().practised('container-life')).toMatchObject({
    objectives: [{ id: 'IMG-04' }, { id: 'INS-06', title: expect.any(String) }],
    next: { id: 'published-ports', path: 'From the first container to the exam' },
  })
  expect(service().practised('form-a-swarm').commands).toEqual([
    { command: 'docker node ls', does: expect.any(String), unproven: null },
  ])
})

test('the next lab is that of the path that is followed, where it has one', () => {
  const words = { title: 'Short', summary: '', minutes: 60, main: false, needs: [] }
  const steps = ['container-life', 'form-a-swarm'].map((lab) => ({ lab, after: [] }))
  const path = service([{ id: 'short', ...words, steps }])
  const next = (labId: string) => path.practised(labId).next?.id
  expect(next('container-life')).toBe('published-ports')
  followed = 'short'
  expect(next('container-life')).toBe('form-a-swarm')
  complete('container-life')
  complete('form-a-swarm')
  expect(next('form-a-swarm')).toBe('published-ports')
})

test('commands are told apart by their groups', () => {
  expect([...commandNames('docker service create --name x\ndocker run -d nginx; docker  ps')]).toEqual([
    'service create',
    'run',
  ])
  expect(
    commandsOf({ steps: [] }, [{ commands: [{ command: 'docker ps', does: 'lists', unproven: null }] }]),
  ).toEqual([])
})

test('a placement test has twenty items of all domains, and says where to begin when it is over', async () => {
  const path = service()
  expect(await path.placement()).toBeNull()
  const id = await path.place()
  const { items } = await exams.view(id)
  expect(items).toHaveLength(20)
  expect(await path.placement()).toMatchObject({ attemptId: id, ended: false, domains: [] })
  await answerFirst(id)
  await exams.apply(id, { kind: 'ended', by: 'candidate' })
  const domains = (await path.placement())?.domains ?? []
  expect(domains.map(({ id: domain }) => domain)).toEqual(bank.blueprint.domains.map((one) => one.id))
  expect(domains.reduce((sum, { of }) => sum + of, 0)).toBe(1)
  expect(domains.find((one) => one.id === 'networking')).toMatchObject({
    known: false,
    lab: { id: 'published-ports' },
  })
  // As on the page of labs and in progress, a lab belongs to the domain that it stands in.
  expect(domains.find((one) => one.id === 'installation')?.lab?.id).toBe('container-life')
  expect(domains.find((one) => one.id === 'images')?.lab).toBeNull()
})

test('a placement test that was left is continued, and a new one begins when it is over', async () => {
  const path = service()
  const id = await path.place()
  expect(await path.place()).toBe(id)
  await answerFirst(id)
  await exams.apply(id, { kind: 'ended', by: 'candidate' })
  expect(await path.place()).not.toBe(id)
})

test('the search finds labs, steps, objectives and commands, each with the page that has it', async () => {
  const found = async (text: string) => (await service().find(text)).map(({ kind, to }) => [kind, to])
  expect(await found('life container')).toContainEqual(['lab', '/labs/container-life'])
  expect(await found('found it')).toContainEqual(['step', '/labs/form-a-swarm'])
  expect(await found('orc-05')).toContainEqual(['objective', '/objectives/ORC-05'])
  expect(await found('unlock-key --rotate')).toContainEqual(['command', '/objectives/ORC-05'])
  expect(await found('docker node ls')).toContainEqual(['command', '/labs/form-a-swarm'])
  expect(await found('  ')).toEqual([])
})

test('a question is found when it was seen in an attempt that is over, and never while a real exam runs', async () => {
  const path = service()
  const stem = async (id: string) => (await exams.view(id)).current.stem
  const search = async (text: string) =>
    (await path.find(text)).filter(({ kind }) => kind === 'question').map(({ to }) => to)
  const id = await exams.start({ mode: 'practice', length: 2, extraTime: 1 })
  const text = (await stem(id)).split('\n')[0] ?? ''
  expect(await search(text)).toEqual([])
  await answerFirst(id)
  await exams.apply(id, { kind: 'ended', by: 'candidate' })
  const [stored] = (await exams.all()).filter(({ attempt }) => attempt.id === id)
  expect(await search(text)).toEqual([`/questions/${stored?.attempt.form.items[0]?.id}`])
  const real = await exams.start({ mode: 'real', extraTime: 1 })
  expect(await search(text)).toEqual([])
  await exams.apply(real, { kind: 'ended', by: 'candidate' })
})
