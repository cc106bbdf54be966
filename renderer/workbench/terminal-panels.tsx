/**
 * What stands behind the tabs: terminals and previews. All stay alive, so that each keeps what it shows. Several are on
 * the page at once when the place is divided: a panel is moved by its style, never taken out of the page.
 */
import type { CSSProperties, ReactNode } from 'react'
import type { SessionView } from '../../main/api'
import { TabPanel } from '../components'
import { TerminalView } from '../terminal'
import { EndedBar } from './ended-bar'
import { focusNextPane } from './pane-keys'
import { Preview } from './preview'
import { titleOf } from './terminal-titles'
import { TileBorders } from './tile-borders'
import { TileTitle } from './tile-title'
import { placed } from './tiling'
import type { OpenTerminals } from './use-terminals'

interface Props {
  readonly nodes: SessionView['nodes']
  readonly open: OpenTerminals
}

export function TerminalPanels({ nodes, open }: Props) {
  const { terminals, previews, activeId, names, action, tiles } = open
  const { typed } = open.typing
  return (
    <>
      {terminals?.map((terminal) => {
        const title = names[terminal.id] ?? titleOf(terminal, terminals)
        return (
          <Tile key={terminal.id} id={terminal.id} title={title} open={open}>
            {(isShown) => (
              <TerminalView
                terminalId={terminal.id}
                title={title}
                isActive={terminal.id === activeId}
                isShown={isShown}
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
            )}
          </Tile>
        )
      })}
      {previews.map((preview) => (
        <Tile key={preview.id} id={preview.id} title={preview.id} open={open}>
          {(isShown) => (
            <Preview preview={preview} isShown={isShown} onGo={(path) => open.goTo(preview.id, path)} />
          )}
        </Tile>
      ))}
      <TileBorders tiling={tiles.tiling} onChange={tiles.change} />
    </>
  )
}

interface TileProps {
  readonly id: string
  readonly title: string
  readonly open: OpenTerminals
  readonly children: (isShown: boolean) => ReactNode
}

const ALL: CSSProperties = { left: 0, top: 0, width: '100%', height: '100%' }

function Tile({ id, title, open: { activeId, tiles }, children }: TileProps) {
  const isActive = id === activeId
  const isDivided = tiles.tiling.length > 0
  const rect = placed(tiles.tiling).find((tile) => tile.id === id)
  const place = rect && {
    left: `${rect.left}%`,
    top: `${rect.top}%`,
    width: `${rect.width}%`,
    height: `${rect.height}%`,
  }
  const isShown = isDivided ? rect !== undefined : isActive
  return (
    <TabPanel id={id} shouldForceMount place={isShown ? (place ?? ALL) : null}>
      <div
        className="tile"
        data-active={isActive || undefined}
        data-divided={isDivided || undefined}
        onFocusCapture={() => isActive || tiles.show(id)}
      >
        {isDivided && isShown && <TileTitle title={title} onHide={() => tiles.hide(id)} />}
        <div className="tile-body">{children(isShown)}</div>
      </div>
    </TabPanel>
  )
}
