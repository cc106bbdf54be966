/** Once before all specs: the engine runs until the last is over, and is not started and stopped again for each. */
// biome-ignore lint/style/noDefaultExport: Playwright asks for one
export { setup as default } from '../integration/prepare-engine'
