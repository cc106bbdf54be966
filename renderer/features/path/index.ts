/** The paths: labs, drills and exams in an order. */
export { PathsPage } from './paths-page'
