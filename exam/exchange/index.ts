/** Exchange with other programs: questions as GIFT, Moodle XML, Aiken, CSV, Anki and QTI. */
export type { Lost, LostPart } from './draft'
export { FORMATS } from './formats'
export { type Imported, importForeign } from './import'
export { isZip, recognise } from './recognise'
export { draftsToYaml } from './to-yaml'
