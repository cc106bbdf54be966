/** The commands of the cheat sheets as words, and what one shows on a node to be wrong. */
import type { LabNode } from '../../../engine/node'
import type { ObjectiveSheet } from '../../../exam'
import { quoted } from './in-node'

export type SheetCommand = ObjectiveSheet['commands'][number]

/** A word of a command line, or what stands between commands and before files. */
const WORD = /(?:'[^']*'|"[^"]*"|[^\s'"|<])+|[|<]/g
const QUOTED = /'([^']*)'|"([^"]*)"/g
/** Something that the reader fills in, such as `<token>`. */
const BLANK = /<([a-z]+)>/g
/** An option in the words about a command. */
const OPTION_IN_WORDS = /`(-{1,2}[a-z][^`]*)`/g
const KEY_IN_WORDS = /in `daemon\.json` the key is `([\w-]+)`/
/** Commands that change nothing, by their last word. */
const LOOKS = new Set([
  ...['ca', 'config', 'df', 'diff', 'history', 'info', 'inspect', 'join-token', 'logs', 'ls', 'port', 'ps'],
  ...['services', 'stats', 'unlock-key', 'version'],
])
/** Where BuildKit's plugin is installed, this is another name of it. */
const OTHER_NAMES: Readonly<Record<string, string>> = { builder: 'buildx' }
const usages = new WeakMap<LabNode, Map<string, string>>()
/** Commands that look at another place than the engine of the node. */
const ELSEWHERE = ['manifest', 'trust']

/** The commands of a line as words, without the files that they read. @param blanks what stands for `<name>` */
export function commandsOf(line: string, blanks: Readonly<Record<string, string>>): string[][] {
  const filled = line.replace(BLANK, (whole, name: string) => blanks[name] ?? whole)
  const commands: string[][] = [[]]
  const words = filled.match(WORD) ?? []
  for (const [at, word] of words.entries()) {
    if (word === '|') commands.push([])
    else if (word !== '<' && words[at - 1] !== '<') commands.at(-1)?.push(word.replace(QUOTED, '$1$2'))
  }
  return commands
}

/** What the node says against a command and the words about it; nothing where both hold. */
export async function flawsOf(
  node: LabNode,
  { command, does }: SheetCommand,
  blanks: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const key = KEY_IN_WORDS.exec(does)?.[1]
  const flaws = key === undefined ? [] : [await flawOfKey(node, key)]
  const options = [...does.matchAll(OPTION_IN_WORDS)].map(([, option = '']) => option.split(' '))
  for (const words of commandsOf(command, blanks)) flaws.push(...(await flawsOfWords(node, words, options)))
  return flaws.flatMap((flaw) => (flaw === null ? [] : `${command}: ${flaw}`))
}

async function flawsOfWords(
  node: LabNode,
  words: readonly string[],
  options: readonly (readonly string[])[],
): Promise<(string | null)[]> {
  const program = words[0]
  if (program !== 'docker' && program !== 'dockerd') return [await failure(node, words)]
  const length = program === 'docker' ? await lengthOfName(node, words) : 1
  if (length === null) return [`there is no such command`]
  const [name, rest] = [words.slice(0, length), words.slice(length)]
  // With --help the program reads every option and its value, and then does nothing.
  const readings = [rest, ...options].map((those) => failure(node, [...name, '--help', ...those]))
  const flaws = await Promise.all(readings)
  const isLook = LOOKS.has(name.at(-1) ?? '') && !ELSEWHERE.includes(name.at(-2) ?? '')
  const isHere = !words.some((word) => word === '--rotate' || word.startsWith('-H='))
  return isLook && isHere ? [...flaws, await failure(node, words)] : flaws
}

/** How many words name the command, with the options before it: 3 of "docker node ls --quiet". Null for no command. */
async function lengthOfName(node: LabNode, words: readonly string[]): Promise<number | null> {
  let length = words.findIndex((word, at) => at > 0 && !word.startsWith('-')) + 1
  for (; length <= words.length; length += 1) {
    const name = ['docker', ...words.slice(0, length).filter((word, at) => at > 0 && !word.startsWith('-'))]
    const usage = await usageOf(node, name)
    const last = name.at(-1) ?? ''
    if (!usage.split(' ').includes(OTHER_NAMES[last] ?? last)) return null
    if (!/^docker( [a-z-]+)+( \[OPTIONS\])? COMMAND$/.test(usage)) return length
  }
  return null
}

/** The line of a command's help that says how it is used. A node is asked once for each. */
async function usageOf(node: LabNode, name: readonly string[]): Promise<string> {
  const known = usages.get(node) ?? new Map<string, string>()
  usages.set(node, known)
  const key = name.join(' ')
  const before = known.get(key)
  if (before !== undefined) return before
  const { stdout } = await node.script([...name, '--help'].map(quoted).join(' '))
  const usage = /^Usage: +(docker.*)$/m.exec(stdout)?.[1] ?? ''
  known.set(key, usage)
  return usage
}

/** Whether the daemon knows a key of daemon.json: it names those that it does not know. */
async function flawOfKey(node: LabNode, key: string): Promise<string | null> {
  await node.writeFile('/root/key.json', JSON.stringify({ [key]: '' }))
  const { stdout, stderr } = await node.script('dockerd --validate --config-file /root/key.json')
  const isUnknown = `${stdout}${stderr}`.includes("don't match any configuration option")
  return isUnknown ? `daemon.json has no key "${key}"` : null
}

async function failure(node: LabNode, words: readonly string[]): Promise<string | null> {
  const { exitCode, stdout, stderr } = await node.script(`cd /root\n${words.map(quoted).join(' ')}`)
  return exitCode === 0 ? null : `${words.join(' ')}: ${(stderr || stdout).split('\n')[0]}`
}
