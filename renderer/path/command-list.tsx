/** A cheat sheet: commands with what they do. */
import type { CommandView } from '../../main/api'
import { InlineCode } from '../components'
import './command-list.css'

export function CommandList({
  commands,
  label,
}: {
  readonly commands: readonly CommandView[]
  readonly label: string
}) {
  return (
    <ul className="command-list" aria-label={label}>
      {commands.map(({ command, does, unproven }) => (
        <li key={command}>
          <code>
            <Words text={command} />
          </code>
          <span>
            <InlineCode text={does} />
          </span>
          {unproven && <small>Not tried on an engine of ours: {unproven}.</small>}
        </li>
      ))}
    </ul>
  )
}

/** Each word is one piece, with the spaces of the command between the pieces. */
function Words({ text }: { readonly text: string }) {
  const parts = text.split(/(\s+)/).map((part, index) => ({ part, place: `${index}:${part}` }))
  return parts.map(({ part, place }) => (/^\s*$/.test(part) ? part : <b key={place}>{part}</b>))
}
