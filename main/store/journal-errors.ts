/** The errors of journals. Each leaves the file as it is. */
import { basename } from 'node:path'
import { CapstanError, isCapstanError } from '../../shared/errors'
import { isDiskFull } from '../../shared/system/failures'

export function notRead(path: string, cause: unknown): CapstanError {
  return new CapstanError('store-corrupt', `${path} could not be read.`, {
    help: 'See that you may read the data folder.',
    cause,
  })
}

export function newer(path: string): CapstanError {
  return new CapstanError('store-corrupt', `${basename(path)} was written by a newer Capstan.`, {
    help: 'Update Capstan to open it. Nothing in it was changed.',
  })
}

/** Not even the first line is an entry. */
export function foreign(path: string): CapstanError {
  return new CapstanError(
    'store-corrupt',
    `${basename(path)} is damaged: line 1 is not an entry. It was left as it is.`,
    { help: 'Move it out of the data folder, or bring back a copy of it from before.' },
  )
}

/** There are whole lines that this process did not write. */
export function othersWrite(path: string): CapstanError {
  return new CapstanError('store-corrupt', `Another Capstan writes to ${basename(path)}.`, {
    help: 'Close the other Capstan, then close and open this one. Every answer that was confirmed is in the journal.',
  })
}

/** An entry that could not be kept, with the reason. */
export function notKept(error: unknown): CapstanError {
  const message = 'Your answer could not be saved.'
  if (isDiskFull(error))
    return new CapstanError('no-space', message, {
      help: 'Make room on the disk, then answer again.',
      cause: error,
    })
  if (!isCapstanError(error))
    return new CapstanError('store-corrupt', message, {
      help: 'See that you may write to the data folder.',
      cause: error,
    })
  const help = error.help ?? ''
  return new CapstanError(error.code, `${message} ${error.message}`, { help, cause: error })
}

/** An attempt of another machine could not be written. */
export function notAdopted(cause: unknown): CapstanError {
  if (isDiskFull(cause))
    return new CapstanError('no-space', 'The disk is full, so not everything came in.', {
      help: 'Make room on the disk, then import the file again. What came in is kept.',
      cause,
    })
  return new CapstanError('store-corrupt', 'An attempt could not be saved.', {
    help: 'See that you may write to the data folder, then import the file again.',
    cause,
  })
}

export function notRemoved(path: string, cause: unknown): CapstanError {
  return new CapstanError('store-corrupt', `${path} could not be removed.`, {
    help: 'See that you may write to the data folder.',
    cause,
  })
}
