/** Finds which commands of cheat sheets a lab uses: pure. */
import type { LoadedLab } from '../../../engine'
import type { CommandView } from '../../api'

/** What begins a command of Docker in a text or a script: "docker service create". */
const DOCKER = /\bdocker((?:[ ][a-z][a-z-]*){1,2})/g

/** Groups of commands, which are nothing without the word after them. */
const GROUPS = new Set([
  ...['builder', 'config', 'container', 'context', 'image', 'manifest', 'network', 'node', 'plugin'],
  ...['secret', 'service', 'stack', 'swarm', 'system', 'trust', 'volume', 'buildx', 'compose'],
])

/** The names of the commands in a text: "service create", "run". */
export function commandNames(text: string): Set<string> {
  const names = new Set<string>()
  for (const [, words = ''] of text.matchAll(DOCKER)) {
    const [first = '', second] = words.trim().split(' ')
    names.add(GROUPS.has(first) && second ? `${first} ${second}` : first)
  }
  return names
}

/** The commands of these sheets that the lab's steps use, one for each name. */
export function commandsOf(
  { steps }: Pick<LoadedLab, 'steps'>,
  sheets: readonly { readonly commands: readonly CommandView[] }[],
): CommandView[] {
  const texts = steps.flatMap(({ markdown, solution }) => [
    markdown,
    ...solution.flatMap((part) => ('text' in part ? part.text : [])),
  ])
  const used = commandNames(texts.join('\n'))
  const taken = new Set<string>()
  return sheets
    .flatMap(({ commands }) => commands)
    .filter(({ command }) => {
      const [name] = commandNames(command)
      if (name === undefined || !used.has(name) || taken.has(name)) return false
      taken.add(name)
      return true
    })
}
