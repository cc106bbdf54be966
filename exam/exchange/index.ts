/** Exchange with other programs: questions as GIFT, Moodle XML, Aiken, CSV, Anki and QTI. */
export { isLeftOut, isLoss, type Lost, type LostPart } from './draft'
export { FORMATS } from './formats'
export { type Imported, type ImportOptions, importForeign, partOfImport } from './import'
export { pairsOf } from './parts'
export { picturePaths, picturesIn } from './pictures'
export { isZip, recognise } from './recognise'
export { draftsToYaml } from './to-yaml'
