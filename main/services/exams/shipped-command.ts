/** Which commands may run: those of the bank. An attempt may come from another machine, with a set-up that anybody wrote. */
import type { Form, Item, ItemCommand } from '../../../exam'
import { CapstanError } from '../../../shared/errors'

/**
 * The command of a form's item, when the bank has exactly this one.
 * @throws CapstanError `session-state` for another one, which nobody has agreed to run
 */
export function shippedCommand(
  { id, text }: Form['items'][number],
  bank: { item(id: string): Pick<Item, 'command'> | undefined },
): ItemCommand {
  const command = text?.command
  if (command && JSON.stringify(command) === JSON.stringify(bank.item(id)?.command)) return command
  throw new CapstanError('session-state', "This command is not in Capstan's bank, so it is not run.", {
    help: 'Skip the question: it does not count until you have tried it. A new practice has the questions of the bank.',
  })
}
