/** Says that the shell of a terminal has ended, and why, with what can be done. What it has printed stays above. */
import { Play, SquareTerminal } from 'lucide-react'
import type { NodeView, TerminalView } from '../../main/api'
import { Button } from '../components'
import { isOn, sentenceOn } from './node-states'

interface Props {
  readonly terminal: TerminalView
  /** Nothing for a shell on this computer. */
  readonly node: NodeView | undefined
  readonly isBusy: boolean
  readonly onRenew: () => void
  readonly onStart: () => void
}

export function EndedBar({ terminal, node, isBusy, onRenew, onStart }: Props) {
  if (terminal.exitCode === null) return null
  const isOff = node !== undefined && !isOn(node)
  return (
    <div className="terminal-ended" role="status">
      <span>[{isOff ? sentenceOn(node) : `the shell has ended with exit code ${terminal.exitCode}`}]</span>
      {isOff && node.state === 'stopped' && (
        <Button small isDisabled={isBusy} icon={<Play aria-hidden="true" />} onPress={onStart}>
          Start
        </Button>
      )}
      {!isOff && (
        <Button small isDisabled={isBusy} icon={<SquareTerminal aria-hidden="true" />} onPress={onRenew}>
          New shell
        </Button>
      )}
    </div>
  )
}
