/** Everything that the engine says of one thing. */
import { RotateCw } from 'lucide-react'
import { useAnswer } from '../api'
import { Button, Dialog, Loading, ProblemPanel } from '../components'
import type { Inspectable } from './map-context'
import './details.css'

interface Props {
  readonly sessionId: string
  readonly thing: Inspectable
  readonly onClose: () => void
}

const KIND_WORDS: Readonly<Record<Inspectable['kind'], string>> = {
  engine: 'Engine of',
  node: 'Node',
  container: 'Container',
  service: 'Service',
  task: 'Task',
  network: 'Network',
  volume: 'Volume',
}

export function Details({ sessionId, thing, onClose }: Props) {
  const { kind, id, name, node } = thing
  const { value, problem, again } = useAnswer('map.inspect', { sessionId, kind, id, node })
  return (
    <Dialog title={`${KIND_WORDS[kind]} ${name}`} isOpen onClose={onClose} wide>
      <div className="map-details">
        {problem && <ProblemPanel problem={problem} />}
        {!problem && !value && <Loading what="what the engine says" />}
        {value && !problem && (
          <>
            <p>
              In a terminal{node ? ` of ${node}` : ' of a manager'}: <code>{value.command}</code>
            </p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
            <section tabIndex={0} aria-label={`${KIND_WORDS[kind]} ${name} as JSON`}>
              <pre>{value.text}</pre>
            </section>
          </>
        )}
        <div className="dialog-actions">
          <Button icon={<RotateCw aria-hidden="true" />} onPress={again}>
            Load again
          </Button>
          <Button weight="primary" onPress={onClose}>
            Close
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
