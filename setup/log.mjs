/** Writes on stderr what the set-up is doing; stdout belongs to the command that runs after it. */

export function log(text) {
  process.stderr.write(`${text}\n`)
}

/** Runs a piece of work; writes its name before and the time that it took after. */
export async function step(label, work, { write = log, now = () => performance.now() } = {}) {
  write(`… ${label}`)
  const started = now()
  const result = await work()
  write(`✓ ${label} (${((now() - started) / 1000).toFixed(1)} s)`)
  return result
}
