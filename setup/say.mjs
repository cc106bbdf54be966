/** Tells on stderr what is being done; stdout belongs to the command. */

export function say(text) {
  process.stderr.write(`${text}\n`)
}

/** Runs a piece of work and tells its name before and its time after. */
export async function step(label, work) {
  say(`… ${label}`)
  const started = performance.now()
  const result = await work()
  say(`✓ ${label} (${((performance.now() - started) / 1000).toFixed(1)} s)`)
  return result
}
