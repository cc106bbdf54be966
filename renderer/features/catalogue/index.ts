/** The catalogue: all labs, with filters and progress. */
export { CataloguePage } from './catalogue-page'
