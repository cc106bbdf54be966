/** The buttons that open terminals. A node that is off has none. */
import { Play, Plus } from 'lucide-react'
import type { SessionView } from '../../main/api'
import { useSettings } from '../api'
import { Button, IconButton } from '../components'
import { MenuButton } from './menu-button'
import { isOn, sentenceOn } from './node-states'

const HOST = 'this computer'

interface NewTerminalProps {
  readonly nodes: SessionView['nodes']
  /** @param node null for this computer */
  readonly onOpen: (node: string | null) => void
}

export function NewTerminal({ nodes, onOpen }: NewTerminalProps) {
  const { settings } = useSettings()
  const names = nodes.filter(isOn).map(({ name }) => name)
  const choices = settings.hostTerminal ? [...names, HOST] : names
  const [only] = choices
  if (choices.length <= 1)
    return (
      <IconButton
        icon={Plus}
        label="New terminal"
        isDisabled={!only}
        onPress={() => onOpen(only === HOST ? null : (only ?? null))}
      />
    )
  return (
    <MenuButton
      label="New terminal"
      choices={choices.map((name) => ({
        id: name,
        text: name,
        onChoose: () => onOpen(name === HOST ? null : name),
      }))}
    >
      <IconButton icon={Plus} label="New terminal" />
    </MenuButton>
  )
}

interface NoTerminalProps extends NewTerminalProps {
  readonly onStart: (node: string) => void
}

/** Stands where the terminals would be when there are none. */
export function NoTerminal({ nodes, onOpen, onStart }: NoTerminalProps) {
  const on = nodes.find(isOn)
  const stopped = nodes.find(({ state }) => state === 'stopped')
  if (on)
    return (
      <div className="bench-wait">
        <Button onPress={() => onOpen(on.name)}>Open a terminal</Button>
      </div>
    )
  if (!stopped) return <div className="bench-wait">There is no node.</div>
  return (
    <div className="bench-wait">
      {sentenceOn(stopped)}
      <Button icon={<Play aria-hidden="true" />} onPress={() => onStart(stopped.name)}>
        Start
      </Button>
    </div>
  )
}
