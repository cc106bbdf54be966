/** How text gets onto a terminal's screen: whole, harmless, and faster than it can be laid out. */
export { Backlog } from './backlog'
export { type ErasableScreen, eraseSafely } from './erase'
export { Feed, type Screen } from './feed'
export {
  EscapeGuard,
  type GridSize,
  LARGEST_NUMBER,
  LONGEST_DROP,
  LONGEST_SEQUENCE,
  LONGEST_STRING,
} from './guard'
export { type ScreenSize, withoutPassing } from './passing'
