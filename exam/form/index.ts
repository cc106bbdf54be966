/** Forms: assembled by the blueprint from a seed. */
export { type AssembleOptions, AssemblyError, assembleForm } from './assemble'
export { Delivery, Form, FormItem } from './form'
export { Random } from './random'
