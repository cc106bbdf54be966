/** Which labs may run on this computer: those that ship with Capstan, and those that the person has allowed. */
export { readShippedLabs, type ShippedLabs, writeShippedLabs } from './shipped'
export { Trust, type TrustOptions } from './trust'
