/** Playgrounds: nodes of the person's choice, without a lab. */
export { PlaygroundBenchPage } from './bench-page'
export { PlaygroundPage } from './playground-page'
