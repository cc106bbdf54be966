/** The search over labs, steps, objectives, commands, and questions that were seen. */
export { SearchDialog } from './search-dialog'
