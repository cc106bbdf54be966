/** One lab: what it is about, its instructions and checks, and the place to work in. */
export { LabPage } from './lab-page'
