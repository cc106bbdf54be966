/** Command items: proof that their solution turns the checks green, and that nothing else does. */
export { type ProveCommandOptions, proveCommand } from './prove'
