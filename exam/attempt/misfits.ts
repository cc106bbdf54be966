/** Errors for events that no attempt could have had. */
import { CapstanError } from '../../shared/errors'

/** A journal without its first event. */
export function noBeginning(): CapstanError {
  return new CapstanError('store-corrupt', 'The journal does not begin with the beginning of an attempt.', {
    help: 'Move it out of the data folder, or bring back a copy of it from before.',
  })
}

/** An event that names something the attempt does not have. */
export function misfit(message: string): CapstanError {
  return new CapstanError('bad-input', message, { help: 'Reload the page.' })
}
