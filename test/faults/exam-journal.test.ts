import { execFileSync } from 'node:child_process'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Random } from '../../exam/form/random'
import { ApiError, type AttemptView } from '../../main/api'
import {
  type Act,
  actsOf,
  attemptOf,
  comparable,
  examHosts,
  expectedView,
  journalOf,
  randomAct,
  seeded,
  send,
  shown,
} from './exam-fixture'
import { openPage } from './host'

const hosts = examHosts()

test('two windows on one exam see the same, and make one journal', { timeout: 60_000 }, async () => {
  await seeded(async (seed) => {
    const random = new Random(seed)
    const folder = await hosts.dataFolder()
    const { app, id, began } = await hosts.begin(folder)
    const windows = await Promise.all(
      [0, 1].map(async () => {
        const page = await openPage(app.url)
        const views: AttemptView[] = []
        page.api.subscribe('exam.watch', { attemptId: id }, { onItem: (view) => views.push(view) })
        return { page, views, sent: [] as Act[] }
      }),
    )
    const work: Promise<AttemptView>[] = []
    for (let count = 0; count < 120; count++) {
      const window = windows[random.below(2)]
      const act = randomAct(
        attemptOf(
          began,
          windows.flatMap(({ sent }) => sent),
        ),
        random,
      )
      window?.sent.push(act)
      if (window) work.push(send(window.page.api, id, act))
      if (random.below(4) === 0) await work.at(-1)
    }
    await Promise.all(work)
    // Answers come after the views that were sent before them, so no view is on its way any more.
    for (const { page } of windows) await page.api.call('exam.list', {})
    const kept = actsOf(await journalOf(folder, id))
    const [one, other] = windows.map(({ sent }) => sent)
    expect(isMergeOf(kept, one ?? [], other ?? []), 'the acts of each window in their order').toBe(true)
    const [left, right] = windows.map(({ views }) => views.at(-1))
    expect(left).toEqual(right)
    expect(left && comparable(left)).toEqual(expectedView(attemptOf(began, kept)))
    for (const { page } of windows) page.close()
  })
})

/** Whether a list consists of two other lists, each of them in its own order. */
function isMergeOf(list: readonly Act[], one: readonly Act[], other: readonly Act[]): boolean {
  const same = (a: Act | undefined, b: Act | undefined) => JSON.stringify(a) === JSON.stringify(b)
  // The counts of acts that may have come from the first list so far. Equal acts in both lists leave several
  // possibilities.
  let taken = new Set([0])
  list.forEach((act, index) => {
    const next = new Set<number>()
    for (const count of taken) {
      if (same(one[count], act)) next.add(count + 1)
      if (same(other[index - count], act)) next.add(count)
    }
    taken = next
  })
  return list.length === one.length + other.length && taken.has(one.length)
}

test('a broken journal is told, and neither hides the other exams nor ends the host', async () => {
  const folder = await hosts.dataFolder()
  const { app, id } = await hosts.begin(folder)
  const attempts = join(folder, 'attempts')
  await writeFile(join(attempts, 'newer.jsonl'), '{"v":99}\n')
  await writeFile(join(attempts, 'broken.jsonl'), 'nonsense\n')
  const notices: string[] = []
  app.api.subscribe('notice.watch', {}, { onItem: ({ message }) => notices.push(message) })
  expect((await app.api.call('exam.list', {})).map((one) => one.id)).toEqual([id])
  await app.api.call('settings.get', {})
  expect(notices.filter((one) => one.startsWith('newer.jsonl was written by a newer'))).toHaveLength(1)
  expect(notices.filter((one) => one.startsWith('broken.jsonl is damaged: line 1'))).toHaveLength(1)
  await expect(shown(app.api, 'newer')).rejects.toMatchObject({ code: 'store-corrupt' })
  await expect(shown(app.api, 'nobody')).rejects.toMatchObject({ code: 'not-found' })
  expect((await shown(app.api, id)).state).toBe('running')
})

/** Null where this machine allows no mounts. */
function mountSmallDisk(at: string): (() => Promise<void>) | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', at], { stdio: 'pipe' })
    return async () => void execFileSync('umount', [at])
  } catch {
    return null
  }
}

test('on a full disk an answer is refused, the exam stays as it was, and goes on when there is room', async (context) => {
  const folder = await hosts.dataFolder()
  const attempts = join(folder, 'attempts')
  await mkdir(attempts)
  const unmount = mountSmallDisk(attempts)
  if (!unmount) return context.skip('nothing can be mounted here: this needs root on Linux')
  hosts.atEnd(unmount)
  const { app, id } = await hosts.begin(folder)
  const before = comparable(await shown(app.api, id))
  await fill(join(attempts, 'filler'))
  const flag = () => app.api.call('exam.flag', { attemptId: id, item: 0, on: true })
  // The last page of the journal may still have room for some events.
  let taken = 0
  const refused = await (async () => {
    for (; ; taken++) {
      const error = await flag().catch((reason: unknown) => reason)
      if (error instanceof ApiError) return error
    }
  })()
  expect(refused).toMatchObject({ code: 'no-space', help: 'Make room on the disk, then answer again.' })
  const full = await shown(app.api, id)
  expect(comparable(full).items.slice(1)).toEqual(before.items.slice(1))
  expect(actsOf(await journalOf(folder, id))).toHaveLength(taken)
  await rm(join(attempts, 'filler'))
  const { items } = await app.api.call('exam.flag', { attemptId: id, item: 1, on: true })
  expect(items[1]?.flagged).toBe(true)
  await app.end('SIGKILL')
  const again = await hosts.open(folder)
  expect((await shown(again.api, id)).items[1]?.flagged).toBe(true)
  expect((await readdir(attempts)).filter((name) => name.includes('corrupt'))).toEqual([])
  await again.end('SIGKILL')
  return undefined
})

/** Writes until the disk is full. */
async function fill(path: string): Promise<void> {
  for (const size of [4096, 1]) {
    for (;;) {
      try {
        await writeFile(path, Buffer.alloc(size), { flag: 'a' })
      } catch (error) {
        expect(error).toMatchObject({ code: 'ENOSPC' })
        break
      }
    }
  }
}
