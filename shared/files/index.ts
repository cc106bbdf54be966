/** Files that people write: read with their places, so that each problem names file, line and help. */
export { normalized, unseenProblem } from './plain-text'
export { type FileProblem, problemText } from './problem'
export { ENOUGH_TO_REFUSE } from './yaml-limits'
export { type Place, YamlSource } from './yaml-source'
