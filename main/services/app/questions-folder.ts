/** The folder of the person's own questions, as it was chosen in the settings. */
import { stat } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { CapstanError } from '../../../shared/errors'

/** @throws CapstanError `bad-input` for anything but the whole path of a folder that is there */
export async function requireQuestionsFolder(path: string): Promise<void> {
  if (!isAbsolute(path))
    throw new CapstanError('bad-input', `${path} is not the whole path of a folder.`, {
      help: 'Write it from the root on, such as /home/me/questions.',
    })
  const found = await stat(path).catch(() => null)
  if (found?.isDirectory()) return
  throw new CapstanError('bad-input', `There is no folder ${path}.`, { help: 'Make it first.' })
}
