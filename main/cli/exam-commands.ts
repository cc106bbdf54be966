/** `capstan exam assemble`. */
import { resourcesFolder } from '../../engine'
import { assembleForm } from '../../exam'
import { loadBank } from '../services'
import { EXIT, type Output, print } from './output'

export interface AssembleFormOptions extends Output {
  readonly seed: number
  readonly length: number | undefined
}

/** Prints the form of a seed: what a candidate would get, without texts and keys. */
export async function printForm({ seed, length, ...output }: AssembleFormOptions): Promise<number> {
  const { bank, blueprint } = await loadBank(resourcesFolder())
  const form = assembleForm(bank, { blueprint, seed, ...(length !== undefined && { length }) })
  const items = form.items.map(({ id, domain, objectives, delivery }) => ({
    id,
    domain,
    objectives,
    delivery,
  }))
  const lines = items.map(({ id, domain, delivery }) => `${delivery.padEnd(8)} ${domain.padEnd(14)} ${id}`)
  print(output, { seed, minutes: form.minutes, items }, [
    `${items.length} items, ${form.minutes} minutes`,
    ...lines,
  ])
  return EXIT.done
}
