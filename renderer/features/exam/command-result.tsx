/** A command item that is over: what its checks found, a command that does it, and what people type in its place. */
import { Check, X } from 'lucide-react'
import type { RevealedItem } from '../../../main/api'
import { CheckFacts, InlineCode } from '../../components'
import { Why } from './why'
import './command-bench.css'

type Command = NonNullable<RevealedItem['command']>

export function CommandResult({ command: { checks, solution, mistakes } }: { readonly command: Command }) {
  return (
    <div className="command-result">
      {checks === null ? (
        <p>You did not try this question, so it does not count.</p>
      ) : (
        <ul className="revealed-options" aria-label="What the checks found">
          {checks.map((check) => (
            <CheckFound key={check.name} check={check} />
          ))}
        </ul>
      )}
      <section aria-label="A command that does it">
        <h3>A command that does it</h3>
        <pre className="command-code">{solution}</pre>
      </section>
      <section aria-label="What does not do it">
        <h3>What does not do it</h3>
        <ul className="revealed-options">
          {mistakes.map(({ run, why }) => (
            <li key={run}>
              <X className="revealed-mark" aria-hidden="true" />
              <div>
                <pre className="command-code">{run}</pre>
                <Why text={why} />
              </div>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

function CheckFound({ check }: { readonly check: NonNullable<Command['checks']>[number] }) {
  const { name, green, expected, found, explanation } = check
  return (
    <li data-right={green} data-mistaken={!green}>
      {green ? (
        <Check className="revealed-mark" role="img" aria-label="green" />
      ) : (
        <X className="revealed-mark" role="img" aria-label="red" />
      )}
      <div>
        <p>{name}</p>
        {!green && (
          <>
            <p className="revealed-state">
              <InlineCode text={explanation} />
            </p>
            <CheckFacts explanation={explanation} expected={expected} found={found} />
          </>
        )}
      </div>
    </li>
  )
}
