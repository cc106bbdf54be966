/** Parts of a question, for every page that shows one: its exhibits and its pictures. */
export { Exhibits } from './exhibits'
export { PicturesOf } from './pictures-of'
