/** Checks that a proof runs the key, where the key is a command. */
import type { Item } from '../format'
import type { Report } from './report'
import { rightOf, wholeCode } from './texts'

const PROGRAMS = '(?:docker|dockerd|docker-compose|kubectl|notary|buildctl)'
const IS_COMMAND = new RegExp(`^(?:[A-Z_]+=\\S+ )*(?:sudo )?${PROGRAMS} `)
/** What may be before the program: `timeout 3 docker logs web`. */
const BEFORE = new RegExp(`^.*?(?<=^|\\s)(?=${PROGRAMS}\\s)`)
/** Which engine the client asks. Another one is as good. */
const ENGINE = /(?<=^docker )(?:(?:-H|--host|-c|--context|--config)[ =]\S+ )+/

/**
 * Each right option that is a command must be run. Names and values may differ, the program, what it does and its
 * flags may not: `docker rm -f web` is run by `docker rm -f c1 c2`. A script that puts commands together from parts
 * must hold all of these parts, and the longest value as it is.
 */
export function lintKeyIsRun(item: Item, scripts: readonly string[], report: Report): void {
  const script = scripts.join('\n').replace(/\\\n/g, ' ')
  const commands = script.split(/\n|&&|\|\|?|;|\$\(|`|\(|\bif\b|!/).map(partsOf)
  for (const key of [...rightOf(item), ...item.prompts.map(({ text }) => text)]) {
    const code = wholeCode(key)
    if (code === null || !IS_COMMAND.test(code)) continue
    const wanted = partsOf(code)
    const isRun = commands.some((parts) => wanted.every((part) => parts.includes(part)))
    if (!isRun && !isPutTogether(code, wanted, script))
      report(item, ['proof'], {
        message: `No step runs the key \`${code}\`.`,
        help: 'Run each right option; names may differ.',
        severity: 'warning',
      })
  }
}

/** A shorter value may be there by chance. */
const TELLING_VALUE = 8

function isPutTogether(code: string, wanted: readonly string[], script: string): boolean {
  const [longest = ''] = code
    .split(/\s+/)
    .filter((word) => !wanted.includes(word))
    .sort((a, b) => b.length - a.length)
  const words = new Set(script.split(/[\s'"]+/).map((word) => word.replace(/^(--?[a-z-]+)=.*/, '$1')))
  return (
    longest.length >= TELLING_VALUE && script.includes(longest) && wanted.every((part) => words.has(part))
  )
}

/** Words after which the next word says what is done too: `docker trust key generate`. */
const GROUPS = new Set(
  'builder buildx ca compose config container context image key manifest network node plugin secret service signer stack swarm system trust volume'.split(
    ' ',
  ),
)

/** The program, its subcommands and its flags, without names and values. */
function partsOf(command: string): string[] {
  const words = command.trim().replace(BEFORE, '').replace(ENGINE, '').split(/\s+/)
  const program = words.find((word) => !/^[A-Z_]+=/.test(word) && word !== 'sudo') ?? ''
  const rest = words.slice(words.indexOf(program) + 1)
  const flags = rest.filter((word) => /^--?[a-z]/i.test(word)).map((word) => word.replace(/=.*/, ''))
  const plain = rest.filter((word) => !word.startsWith('-'))
  const depth = plain.findIndex((word) => !GROUPS.has(word))
  return [program, ...plain.slice(0, depth + 1 || plain.length), ...flags]
}
