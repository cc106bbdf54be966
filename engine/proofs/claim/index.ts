/** Claims: statements about Docker, proven by steps on fresh lab nodes. */
export { type Claim, parseClaim } from './parse'
export { type ClaimNodes, type ClaimVerdict, type ProveClaimOptions, proveClaim } from './prove'
