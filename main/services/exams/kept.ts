/** Whether an answer counts. An event that no longer fits changes nothing, and then the candidate must be told. */
import { type Attempt, answerOf, isInOrder } from '../../../exam'
import type { ExamCommand } from './command'

export function isKept(command: ExamCommand, { form, items }: Pick<Attempt, 'form' | 'items'>): boolean {
  if (command.kind === 'chose') {
    const { chosen = [] } = items[command.item] ?? {}
    const item = form.items[command.item]
    if (item && isInOrder(item)) return chosen.join() === answerOf(item, command.options).join()
    return chosen.length === command.options.length && command.options.every((one) => chosen.includes(one))
  }
  if (command.kind === 'ran') return Boolean(items[command.item]?.ran)
  if (command.kind !== 'decided') return true
  const { decisions = [] } = items[command.item] ?? {}
  return decisions.some(({ option, yes }) => option === command.option && yes === command.yes)
}
