/** Counts what the bank covers. */
import type { Blueprint } from '../blueprint'
import { ItemKind } from '../format'
import { type Bank, isProven, representatives, wholeItems } from './bank'

export interface BankStats {
  /** The number of items that are written out, with each template counted once. */
  readonly items: number
  readonly templates: number
  /** The number of items with a proof. */
  readonly proven: number
  /** The number of items of each type. */
  readonly kinds: Readonly<Record<string, number>>
  readonly domains: Readonly<Record<string, number>>
  readonly objectives: Readonly<Record<string, { readonly items: number; readonly labs: number }>>
  /** Objectives that no item serves, and practical objectives that no lab serves. */
  readonly missing: { readonly items: readonly string[]; readonly labs: readonly string[] }
}

/** @param labs the objectives of each lab */
export function bankStats(bank: Bank, blueprint: Blueprint, labs: readonly (readonly string[])[]): BankStats {
  const all = wholeItems(bank, representatives(bank))
  const count = <T>(list: readonly T[], is: (one: T) => boolean) => list.filter(is).length
  const objectives = Object.fromEntries(
    blueprint.objectives.map(({ id }) => [
      id,
      {
        items: count(all, ({ objectives }) => objectives.includes(id)),
        labs: count(labs, (names) => names.includes(id)),
      },
    ]),
  )
  return {
    items: all.length,
    templates: bank.templates.length,
    proven: count(all, isProven),
    kinds: Object.fromEntries(
      ItemKind.options.map((kind) => [kind, count(all, (item) => item.kind === kind)]),
    ),
    domains: Object.fromEntries(
      blueprint.domains.map(({ id }) => [id, count(all, ({ domain }) => domain === id)]),
    ),
    objectives,
    missing: {
      items: blueprint.objectives.filter(({ id }) => objectives[id]?.items === 0).map(({ id }) => id),
      labs: blueprint.objectives
        .filter(({ id, hands }) => hands && objectives[id]?.labs === 0)
        .map(({ id }) => id),
    },
  }
}
