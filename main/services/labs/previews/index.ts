/** Doors on loopback to the web servers inside nodes. */
export { Previews } from './previews'
