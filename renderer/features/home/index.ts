/** The first page: where the student is, and what comes next. */
export { HomePage } from './home-page'
