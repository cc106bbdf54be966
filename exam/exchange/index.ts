/** Exchange with other programs: questions as GIFT, Moodle XML, Aiken, CSV and Anki. */
export type { Lost, LostPart } from './draft'
export { FORMATS } from './formats'
export { type Imported, importForeign } from './import'
export { recognise } from './recognise'
export { draftsToYaml } from './to-yaml'
