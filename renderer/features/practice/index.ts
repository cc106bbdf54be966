/** The start page of practice and drills. */
export { PracticePage } from './practice-page'
