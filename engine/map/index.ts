/** The live map of a session: what its engines show, put together while somebody looks at it. */
export type { Inspected, MapKind } from './inspect'
export { LiveMap, type MapThing } from './live-map'
export type { MapSource } from './map-watch'
export type { MapNodeState, MapSnapshot } from './snapshot'
