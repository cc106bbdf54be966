/** `capstan playground …`: start, list, save, continue, remove. */
import type { LabSession, PlaygroundChoice } from '../../engine'
import { CapstanError, settled } from '../../engine'
import { PlaygroundChoice as ChoiceSchema } from '../api'
import { withStore } from './engine'
import { type OpenSessions, withSessions } from './lab-commands'
import { EXIT, type Output, print } from './output'

/** @throws CapstanError `bad-input` for a choice that is none, or that does not fit the machine */
export async function startPlayground(
  asked: Partial<PlaygroundChoice>,
  output: Output,
  signal: AbortSignal,
): Promise<number> {
  const choice = ChoiceSchema.safeParse(asked)
  if (!choice.success) {
    const [issue] = choice.error.issues
    throw new CapstanError('bad-input', `${issue?.path.join('.')}: ${issue?.message}`, {
      help: 'See `capstan playground start --help`.',
    })
  }
  return await withSessions(output, signal, async ({ sessions }) =>
    printRunning(await sessions.startPlayground(choice.data), output),
  )
}

/** Lists the playgrounds of the data folder. No engine is needed. */
export async function listPlaygrounds(output: Output): Promise<number> {
  return await withStore(output, async (store) => {
    const playgrounds = (await store.sessions.list()).flatMap(({ id, startedAt, playground }) =>
      playground ? [{ id, startedAt, ...playground, nodes: playground.nodes.map(({ name }) => name) }] : [],
    )
    const lines = playgrounds.map(
      ({ id, name, nodes, savedAt }) =>
        `${id}  ${savedAt ? `saved ${savedAt.slice(0, 10)}` : 'in use          '}  ${name}: ${nodes.join(', ')}`,
    )
    print(output, { playgrounds }, lines)
    return EXIT.done
  })
}

export async function savePlayground(id: string, output: Output, signal: AbortSignal): Promise<number> {
  return await withPlayground(id, output, signal, async ({ session }) => {
    await session.playground.save()
    print(output, { ok: true, session: id }, [`Playground ${id} is saved.`])
    return EXIT.done
  })
}

export async function continuePlayground(id: string, output: Output, signal: AbortSignal): Promise<number> {
  return await withPlayground(id, output, signal, async ({ sessions }) =>
    printRunning(await sessions.continuePlayground(id), output),
  )
}

export async function removePlayground(id: string, output: Output, signal: AbortSignal): Promise<number> {
  return await withPlayground(id, output, signal, async ({ sessions }) => {
    await sessions.stop(id)
    print(output, { ok: true, session: id }, [`Playground ${id} is gone.`])
    return EXIT.done
  })
}

type OpenPlayground = Pick<OpenSessions, 'sessions'> & { readonly session: LabSession }

/** @throws CapstanError `not-found` for what is no playground */
async function withPlayground(
  id: string,
  output: Output,
  signal: AbortSignal,
  work: (open: OpenPlayground) => Promise<number>,
): Promise<number> {
  return await withSessions(output, signal, async ({ sessions }) => {
    const session = sessions.get(id)
    if (session.lab.kind !== 'playground') {
      throw new CapstanError('not-found', `There is no playground ${id}.`, {
        help: 'See `capstan playground list`.',
      })
    }
    await settled(session)
    return await work({ sessions, session })
  })
}

async function printRunning(session: LabSession, output: Output): Promise<number> {
  await settled(session)
  const { id, state, problem, nodes, playground } = session.snapshot()
  if (state === 'broken') {
    throw new CapstanError('session-state', problem?.message ?? 'The playground did not start.', {
      ...(problem?.help && { help: problem.help }),
    })
  }
  print(output, { session: id, name: playground?.name, nodes: nodes.map(({ name }) => name) }, [
    `Playground ${id} is running.`,
  ])
  return EXIT.done
}
