/** The person's own questions as the page shows them: where they are, and what is wrong with them. */
import { type Item, representatives, wholeItems } from '../../../exam'
import type { OwnQuestionsView } from '../../api'
import type { OwnContent } from '../own'

/** More choices than these help nobody. */
const MOST_PARTS = 200

export function ownView({ folder, bank, files }: OwnContent): OwnQuestionsView {
  const items = wholeItems(bank, representatives(bank))
  return {
    folder,
    questions: items.length,
    folders: parts(files.flatMap(({ file, items: count }) => Array<string>(count).fill(folderOf(file)))),
    tags: parts(items.flatMap(({ tags }: Item) => [...new Set(tags)])),
    problems: bank.problems,
  }
}

/** A file that lies in no folder is one by itself. */
function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : file
}

function parts(names: readonly string[]): OwnQuestionsView['folders'] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .map(([name, questions]) => ({ name, questions }))
    .sort((a, b) => a.name.localeCompare(b.name))
    .slice(0, MOST_PARTS)
}
