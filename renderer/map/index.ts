/** The live map of a session: the drawing, the tables, the details of a thing, and pointers from texts. */
export { MapPane } from './map-pane'
export { type Pointed, usePointers } from './use-pointers'
