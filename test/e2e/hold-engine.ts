/** Holds the engine for all specs, so that it is not started and stopped again for each of them. */
// biome-ignore lint/style/noDefaultExport: Playwright asks for one
export { setup as default } from '../integration/prepare-engine'
