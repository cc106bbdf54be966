/** Tabs that can be closed. Arrow keys go through them, Enter opens one, Delete closes one, F2 renames one. */
import { X } from 'lucide-react'
import {
  type ComponentProps,
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from 'react'
import {
  TabPanel as AriaTabPanel,
  Tabs as AriaTabs,
  Tab,
  TabList,
  type TabPanelProps,
} from 'react-aria-components'
import { IconButton } from './icon-button'
import { tabAfter } from './tab-keys'
import { TabName } from './tab-name'
import './tabs.css'

export interface TabItem {
  readonly id: string
  readonly title: ReactNode
  /** The text that a new name takes the place of. A tab without one cannot be renamed. */
  readonly name?: string
  /** The thing that the button of the tab closes, such as "terminal node1". */
  readonly closes: string
}

interface Props {
  /** Names the list of tabs for screen readers. */
  readonly label: string
  readonly tabs: readonly TabItem[]
  /** The tab whose panel is shown. Null when there are no tabs. */
  readonly activeId: string | null
  readonly onChoose: (id: string) => void
  readonly onClose: (id: string) => void
  readonly onRename?: (id: string, name: string) => void
  /** Stands after the tabs. */
  readonly end?: ReactNode
  /** The panels. */
  readonly children: ReactNode
}

/**
 * A panel takes the focus when it is shown, so that one can type into it. Arrow keys therefore only move
 * between the tabs, and Enter or Space shows the panel.
 */
export function Tabs({ label, tabs, activeId, onChoose, onClose, onRename, end, children }: Props) {
  const row = useRef<HTMLDivElement>(null)
  const [renamedId, setRenamedId] = useState<string | null>(null)
  const renamed = tabs.findIndex(({ id, name }) => id === renamedId && name !== undefined)
  useEffect(() => {
    const titles = [...(row.current?.querySelectorAll('[role="tab"]') ?? [])]
    const title = titles.find((one) => one.getAttribute('data-key') === activeId)
    title?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [activeId])
  const turn = (event: KeyboardEvent) => {
    const now = tabs.findIndex(({ id }) => id === activeId)
    const next = tabs[tabAfter(event, now, tabs.length) ?? -1]
    if (!next) return
    event.preventDefault()
    // The terminal in the panel would send the key to its shell.
    event.stopPropagation()
    onChoose(next.id)
  }
  return (
    <div className="tabbed" onKeyDownCapture={turn}>
      <AriaTabs
        className="tabbed"
        keyboardActivation="manual"
        selectedKey={activeId ?? ''}
        onSelectionChange={(key) => onChoose(String(key))}
      >
        <div className="tab-bar">
          <div ref={row} className="tab-row">
            {tabs.length > 0 && (
              <Titles label={label} tabs={tabs} onClose={onClose} onRename={onRename && setRenamedId} />
            )}
            {onRename && renamed >= 0 && (
              <TabName
                key={renamedId}
                column={renamed + 1}
                name={tabs[renamed]?.name ?? ''}
                onDone={(name) => {
                  if (name !== null) onRename(renamedId ?? '', name)
                  setRenamedId(null)
                }}
              />
            )}
            {tabs.map(({ id, closes }, index) => (
              <span key={id} className="tab-close" style={{ gridColumn: index + 1 }}>
                <IconButton
                  icon={X}
                  label={`Close ${closes}`}
                  // One stop of the Tab key for all of them is enough: the others close with Delete.
                  excludeFromTabOrder={id !== activeId}
                  onPress={() => onClose(id)}
                />
              </span>
            ))}
          </div>
          {end}
        </div>
        {children}
      </AriaTabs>
    </div>
  )
}

interface TitlesProps extends Pick<Props, 'label' | 'tabs' | 'onClose'> {
  /** A new name is wanted for a tab. */
  readonly onRename?: ((id: string) => void) | undefined
}

/** The list of tabs. It may hold tabs only, so the close buttons stand beside it and the grid lays them over the tabs. */
function Titles({ label, tabs, onClose, onRename }: TitlesProps) {
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const id = tabOf(event.target)
    if (id && event.key === 'Delete') onClose(id)
    if (id && event.key === 'F2') onRename?.(id)
  }
  const doubleClick = (event: MouseEvent<HTMLElement>) => {
    const id = tabOf(event.target)
    if (id) onRename?.(id)
  }
  // The browser would give the focus to the tab after the panel has taken it.
  const leaveFocus = (event: MouseEvent) => event.preventDefault()
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the key comes from the tab inside that has the focus
    <div
      role="presentation"
      className="tab-keys"
      onKeyDown={press}
      onDoubleClick={doubleClick}
      onMouseDownCapture={leaveFocus}
    >
      <TabList aria-label={label} className="tab-list">
        {tabs.map(({ id, title }, index) => (
          <Tab key={id} id={id} className="tab-title" style={{ gridColumn: index + 1 }}>
            {title}
          </Tab>
        ))}
      </TabList>
    </div>
  )
}

function tabOf(target: EventTarget): string | null {
  const tab = target instanceof Element ? target.closest('[role="tab"]') : null
  return tab?.getAttribute('data-key') ?? null
}

interface PanelProps extends Omit<TabPanelProps, 'className' | 'render' | 'style'> {
  /**
   * Where the panel lies in the page of the tabs, when several may be shown at once; null while it is not shown.
   * Without it the panel of the chosen tab is shown.
   */
  readonly place?: CSSProperties | null
}

/**
 * The content of a tab, which has something that takes the focus. A panel with `shouldForceMount` stays alive while
 * another one is shown.
 */
export function TabPanel({ place, ...props }: PanelProps) {
  if (!place) return <AriaTabPanel {...props} className="tab-panel" render={renderPanel} />
  return (
    <AriaTabPanel {...props} className="tab-panel tab-panel-placed" style={place} render={renderShownPanel} />
  )
}

/** A panel that is on the page can be used, whichever tab is chosen. */
function renderShownPanel({ inert: _inert, ...props }: ComponentProps<'div'>) {
  return renderPanel(props)
}

/**
 * React Aria watches all that changes in a panel, to learn whether anything in it takes the focus, and has the page laid
 * out for that. In a terminal it did so with every line. It is given an empty element to watch.
 */
function renderPanel({ ref, tabIndex: _, children, ...props }: ComponentProps<'div'>) {
  return (
    <div {...props}>
      <div ref={ref} hidden />
      {children}
    </div>
  )
}
