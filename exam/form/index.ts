/** Forms: the items of attempts, assembled by the blueprint from a seed. */
export { assembleForm, itemText } from './assemble'
export { drillForm, formOf } from './drill'
export { type Exposure, exposureOf } from './exposure'
export { Form, FormItem, ItemText, type Purpose } from './form'
export { DIFFICULTY_SPREAD } from './pick'
export { Random } from './random'
