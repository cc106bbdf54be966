/** The live map of a session beside its terminals: as a drawing or as tables, with the details of each thing. */

import { useEffect, useMemo, useRef, useState } from 'react'
import type { MapView } from '../../main/api'
import { useStream } from '../api'
import { Loading, ProblemPanel, Segments } from '../components'
import { Details } from './details'
import { Drawing } from './drawing'
import { type Inspectable, MapContext } from './map-context'
import { Tables } from './tables'
import type { Pointed } from './use-pointers'
import './map-pane.css'

interface Props {
  readonly sessionId: string
  readonly pointed: Pointed | null
  /** Shows what a port of a node answers. */
  readonly onPreview: (node: string, port: number) => void
}

const VIEWS = [
  { id: 'drawing', label: 'Drawing' },
  { id: 'tables', label: 'Table' },
] as const

export function MapPane({ sessionId, pointed, onPreview }: Props) {
  const { value: map, problem } = useStream('map.watch', { sessionId })
  const [view, setView] = useState<(typeof VIEWS)[number]['id']>('drawing')
  const [thing, setThing] = useState<Inspectable | null>(null)
  const pane = useRef<HTMLElement>(null)
  const found = useShown(pane, pointed, map)
  const actions = useMemo(
    () => ({ pointed: pointed?.target ?? null, inspect: setThing, preview: onPreview }),
    [pointed, onPreview],
  )
  return (
    <section className="map-pane" aria-label="Map" data-pane="map" ref={pane}>
      <div className="map-bar">
        <h2 tabIndex={-1} data-pane-focus>
          Map
        </h2>
        {map?.swarm?.seenFrom && <span className="map-note">as {map.swarm.seenFrom} sees the swarm</span>}
        <Segments label="Show the map as" segments={VIEWS} value={view} onChange={setView} />
      </div>
      <p className="visually-hidden" role="status">
        {found}
      </p>
      <MapContext.Provider value={actions}>
        {problem && <ProblemPanel problem={problem} />}
        {!map && !problem && <Loading what="the nodes" />}
        {map && view === 'drawing' && <Drawing map={map} />}
        {map && view === 'tables' && <Tables map={map} />}
      </MapContext.Provider>
      {thing && <Details sessionId={sessionId} thing={thing} onClose={() => setThing(null)} />}
    </section>
  )
}

/**
 * Brings what a text points to into view, as soon as it is on the map.
 * @returns what screen readers say of it
 */
function useShown(
  pane: { readonly current: HTMLElement | null },
  pointed: Pointed | null,
  map: MapView | null,
): string {
  const [words, setWords] = useState('')
  /** The last click whose thing was found. */
  const found = useRef(0)
  useEffect(() => {
    if (!pointed?.shown || !map || found.current === pointed.shown) return
    const [, name = ''] = pointed.target.split(':')
    const thing = pane.current?.querySelector(`[data-thing="${CSS.escape(pointed.target)}"]`)
    if (thing) found.current = pointed.shown
    thing?.scrollIntoView({ block: 'nearest' })
    setWords(thing ? `${name} is marked on the map.` : `${name} is not on the map yet.`)
  }, [pane, pointed, map])
  return words
}
