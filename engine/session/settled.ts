/** Waits for a session that is on its way. */
import type { LabSession } from './lab-session'

/** Resolves when the session runs, or is broken: at once unless it is starting or being reset. */
export async function settled(session: Pick<LabSession, 'state' | 'onChange'>): Promise<void> {
  const isUnderWay = () => ['starting', 'resetting'].includes(session.state)
  if (!isUnderWay()) return
  await new Promise<void>((done) => {
    const stop = session.onChange(() => {
      if (isUnderWay()) return
      stop()
      done()
    })
  })
}
