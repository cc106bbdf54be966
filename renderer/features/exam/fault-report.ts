/** The text of a report that a question has a fault. The function is pure. */
import type { RevealedItem } from '../../../main/api'

export function faultReport({ id, options, explanation, source }: RevealedItem): string {
  const lines = options.map(({ text, right }) => `- [${right ? 'x' : ' '}] ${text.trim()}`)
  return [
    `Question ${id}`,
    '',
    'What is wrong with it:',
    '(write it here)',
    '',
    'Options, the right ones with an x:',
    ...lines,
    '',
    `Explanation: ${explanation.trim()}`,
    `Source: ${source}`,
    '',
  ].join('\n')
}
