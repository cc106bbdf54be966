/** The process that runs a private engine, for tests that end it. */
import { readdir, readFile } from 'node:fs/promises'

/** The number of the process that supervises the engine of this folder. */
export async function supervisorOf(home: string): Promise<number> {
  for (const name of (await readdir('/proc')).filter((one) => /^\d+$/.test(one))) {
    const command = (await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')).split('\0')
    if (command[1]?.endsWith('/private-engine.sh') && command[2] === home) return Number(name)
  }
  throw new Error(`Nobody supervises an engine in ${home}.`)
}
