/** The calls of files: each goes to the node that has them, and a change is looked at by the checks. */
import { versionOf } from '../../../engine'
import { CapstanError } from '../../../shared/errors'
import { type filesContract, type Handlers, LARGEST_TRANSFER } from '../../api'
import type { SessionNode, Sessions } from './sessions'
import { asText, LARGEST_FILE } from './text-file'

interface Place {
  readonly sessionId: string
  readonly node: string
}

export function fileHandlers(sessions: () => Pick<Sessions, 'get'>): Handlers<typeof filesContract> {
  const nodeOf = ({ sessionId, node }: Place) => sessions().get(sessionId).node(node)
  const change = async (place: Place, work: (node: SessionNode) => Promise<unknown>) => {
    await work(nodeOf(place))
    sessions().get(place.sessionId).lookSoon()
    return {}
  }
  return {
    calls: {
      'file.list': async ({ path, ...place }) => await nodeOf(place).listFiles(path),
      'file.read': async ({ path, ...place }) => {
        const content = await nodeOf(place).readFile(path, { maxBytes: LARGEST_FILE })
        return { content: asText(path, content), version: versionOf(content) }
      },
      'file.write': async ({ path, content, version, ...place }) => {
        await change(place, (node) => node.writeFile(path, content, { version }))
        return { version: versionOf(content) }
      },
      'file.stamp': async ({ folders, ...place }) => ({ stamp: await nodeOf(place).stampOf(folders) }),
      'file.rename': async ({ path, to, ...place }) =>
        await change(place, (node) => node.changeFile({ kind: 'rename', path, to })),
      'file.remove': async ({ path, ...place }) =>
        await change(place, (node) => node.changeFile({ kind: 'remove', path })),
      'file.makeFolder': async ({ path, ...place }) =>
        await change(place, (node) => node.changeFile({ kind: 'folder', path })),
      'file.readPart': async ({ path, offset, length, ...place }) => {
        const content = await nodeOf(place).readPart(path, { offset, length })
        return { data: content.toString('base64') }
      },
      'file.writePart': async ({ path, offset, data, isLast, ...place }) => {
        const content = Buffer.from(data, 'base64')
        assertTransfer(path, offset + content.length)
        return await change(place, (node) => node.writePart(path, { offset, content, isLast }))
      },
    },
    streams: {},
  }
}

function assertTransfer(path: string, size: number): void {
  if (size <= LARGEST_TRANSFER) return
  throw new CapstanError('bad-input', `${path} is larger than ${LARGEST_TRANSFER / 1024 ** 2} MiB.`, {
    help: 'Fetch it in the node instead, with curl or wget.',
  })
}
