/** What stands behind the tabs: terminals and previews. All stay alive, so that each keeps what it shows. */
import type { SessionView } from '../../main/api'
import { TabPanel } from '../components'
import { TerminalView } from '../terminal'
import { EndedBar } from './ended-bar'
import { focusNextPane } from './pane-keys'
import { Preview } from './preview'
import { titleOf } from './terminal-titles'
import type { OpenTerminals } from './use-terminals'

interface Props {
  readonly nodes: SessionView['nodes']
  readonly open: OpenTerminals
}

export function TerminalPanels({ nodes, open }: Props) {
  const { terminals, previews, activeId, names, action } = open
  const { typed } = open.typing
  return (
    <>
      {terminals?.map((terminal) => (
        <TabPanel key={terminal.id} id={terminal.id} shouldForceMount>
          <TerminalView
            terminalId={terminal.id}
            title={names[terminal.id] ?? titleOf(terminal, terminals)}
            isActive={terminal.id === activeId}
            focusTimes={typed?.id === terminal.id ? typed.times : 0}
            onLeave={focusNextPane}
            end={
              <EndedBar
                terminal={terminal}
                node={nodes.find(({ name }) => name === terminal.node)}
                isBusy={action.busy}
                onRenew={() => open.renew(terminal)}
                onStart={() => terminal.node && open.startNode(terminal.node)}
              />
            }
          />
        </TabPanel>
      ))}
      {previews.map((preview) => (
        <TabPanel key={preview.id} id={preview.id} shouldForceMount>
          <Preview
            preview={preview}
            isActive={preview.id === activeId}
            onGo={(path) => open.goTo(preview.id, path)}
          />
        </TabPanel>
      ))}
    </>
  )
}
