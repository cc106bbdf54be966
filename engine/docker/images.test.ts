import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type CallCase, checkCall, type HttpEngine, openHttpEngine } from './testing/index.test-kit'

let engine: HttpEngine
beforeEach(async () => {
  engine = await openHttpEngine()
})
afterEach(() => engine[Symbol.asyncDispose]())

const labels = ['capstan.kind=node', 'capstan.owner']
const cases: CallCase[] = [
  {
    what: 'list by labels',
    call: ({ images }) => images.list({ labels }),
    sends: { path: '/images/json', query: { filters: { label: labels } } },
    answer: [],
    gives: [],
  },
  {
    what: 'inspect',
    call: ({ images }) => images.inspect('nginx:1'),
    sends: { path: '/images/nginx:1/json' },
    answer: { Id: 'i1' },
    gives: { Id: 'i1' },
  },
  {
    what: 'exists',
    call: ({ images }) => images.exists('nginx:1'),
    sends: { path: '/images/nginx:1/json' },
    gives: true,
  },
  {
    what: 'tag',
    call: ({ images }) => images.tag('i1', 'capstan/node', '1'),
    sends: { method: 'POST', path: '/images/i1/tag', query: { repo: 'capstan/node', tag: 1 } },
  },
  {
    what: 'remove is by force',
    call: ({ images }) => images.remove('nginx:1'),
    sends: { method: 'DELETE', path: '/images/nginx:1', query: { force: true } },
  },
  {
    what: 'import sends the file system',
    call: ({ images }) => images.import(Readable.from(['tar']), { repo: 'base', tag: 'x' }),
    sends: { path: '/images/create', query: { fromSrc: '-', repo: 'base', tag: 'x' }, body: 'tar' },
  },
  {
    what: 'build sends the context and its arguments, and removes what it leaves',
    call: ({ images }) =>
      images.build(Buffer.from('tar'), { tag: 'a:1', buildargs: { BASE: 'b' }, labels: { k: 'v' } }),
    sends: {
      method: 'POST',
      path: '/build',
      query: { t: 'a:1', buildargs: { BASE: 'b' }, labels: { k: 'v' }, rm: true, forcerm: true },
      body: 'tar',
    },
  },
  {
    what: 'pull of a name with a tag',
    call: ({ images }) => images.pull('nginx:alpine'),
    sends: { path: '/images/create', query: { fromImage: 'nginx:alpine' } },
  },
  {
    what: 'pull of a name without a tag takes the latest, never all of them',
    call: ({ images }) => images.pull('localhost:5000/nginx'),
    sends: { query: { fromImage: 'localhost:5000/nginx:latest' } },
  },
  {
    what: 'pull by digest',
    call: ({ images }) => images.pull('nginx@sha256:ab'),
    sends: { query: { fromImage: 'nginx@sha256:ab' } },
  },
  {
    what: 'push',
    call: ({ images }) => images.push('localhost:5000/nginx', 'alpine'),
    sends: { method: 'POST', path: '/images/localhost:5000/nginx/push', query: { tag: 'alpine' } },
  },
]
test.each(cases)('$what', (one) => checkCall(engine, one))

test('an image that is not there does not exist, and its removal succeeds', async () => {
  engine.answer(404, { message: 'No such image' })
  expect(await engine.client.images.exists('x')).toBe(false)
  await engine.client.images.remove('x')
})

test('an engine that fails is not an image that does not exist', async () => {
  engine.answer(500, { message: 'broken' })
  await expect(engine.client.images.exists('x')).rejects.toMatchObject({ status: 500 })
})

test('a push sends empty credentials, because the engine refuses it without any', async () => {
  const headers: unknown[] = []
  engine.handle((request, response) => {
    headers.push(request.headers['x-registry-auth'])
    response.end('{}')
  })
  await engine.client.images.push('a', 'b')
  await engine.client.images.pull('a')
  expect(headers).toEqual([expect.any(String), undefined])
})

test('a pull reports each line with the layer it is about', async () => {
  engine.handle((_request, response) => {
    response.write('{"status":"Pulling from library/nginx","id":"alpine"}\n')
    response.end('{"status":"Already exists","id":"ab12"}\n{"status":"Done"}\n{"progress":1}\n')
  })
  const lines: string[] = []
  await engine.client.images.pull('nginx:alpine', { onLine: (line) => lines.push(line) })
  expect(lines).toEqual(['alpine: Pulling from library/nginx', 'ab12: Already exists', 'Done'])
})
