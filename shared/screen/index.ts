/** How text gets onto a terminal's screen faster than it can be laid out; for the engine's screens and the page's. */
export { Feed, type Screen } from './feed'
export { withoutPassing } from './passing'
