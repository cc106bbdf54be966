/** Finds questions by their words. The function is pure. */
import type { SeenQuestion } from '../../../main/api'

/** Whether every word stands somewhere in the question, its options, its explanation or the note. */
export function matches(
  { id, stem, options, places, command, explanation, objectives, mark }: SeenQuestion,
  wanted: string,
): boolean {
  const texts = [
    ...options.flatMap(({ text, why }) => [text, why ?? '']),
    ...places.flatMap(({ prompt, right, why }) => [prompt ?? '', right, why ?? '']),
    command?.solution ?? '',
    ...(command?.mistakes ?? []).flatMap(({ run, why }) => [run, why]),
  ]
  const all = [id, stem, explanation, mark.note, ...objectives, ...texts].join(' ').toLowerCase()
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word))
}
