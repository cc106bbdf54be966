/** `capstan doctor`, `setup` and `clean`: the engine and what is ours on it. */
import { doctor, removeEverything } from '../../engine'
import { withEngine, withImages } from './engine'
import { EXIT, type Output, print } from './output'

/** Says which engine was found, what it can do, what is missing, and how to fix it. */
export async function examine(output: Output, signal: AbortSignal): Promise<number> {
  const found = await withImages(async (ready) => doctor(ready.engine), { output, signal }).catch(
    (error: unknown) => {
      if (!(error instanceof Error)) throw error
      return doctor(error)
    },
  )
  const { ok, engine, capabilities, problems } = found
  print(output, { ok, engine, capabilities, problems }, [
    engine ? `✓ Engine ${engine.version} at ${engine.endpoint} (${engine.source})` : '✗ No engine',
    ...Object.entries(capabilities).map(([name, value]) => `  ${name.padEnd(10)} ${value}`),
    ...problems.map(({ message, help }) => `! ${message}\n  ${help}`),
  ])
  return ok ? EXIT.done : EXIT.noEngine
}

/** Finds or starts the engine and prepares the images, so that the first lab starts at once. */
export async function prepare(output: Output, signal: AbortSignal): Promise<number> {
  const { source, endpoint } = await withImages(async ({ engine }) => engine, { output, signal })
  print(output, { ok: true, engine: { source, endpoint } }, ['Everything is ready.'])
  return EXIT.done
}

/** Removes everything of ours from the engine. */
export async function clean(output: Output): Promise<number> {
  const removed = await withEngine((engine) => removeEverything(engine), { output })
  print(output, { ok: true, removed }, [`Removed ${removed} containers, networks and volumes.`])
  return EXIT.done
}
