/**
 * How the work place is divided among terminals and previews: rows from top to bottom, in each of them tiles from left to
 * right. The functions are pure.
 */
import { z } from 'zod'

const Tile = z.strictObject({ id: z.string(), share: z.number().positive() })
const Row = z.strictObject({ tiles: z.array(Tile).min(1).max(12).readonly(), share: z.number().positive() })
export const Tiling = z.array(Row).max(12).readonly()
/** Shares are parts of their sum. No rows mean that the chosen tab has all the place. */
export type Tiling = Readonly<z.infer<typeof Tiling>>
type Row = Readonly<z.infer<typeof Row>>

/** In per cent of the place. */
export interface Rect {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface PlacedTile extends Rect {
  readonly id: string
}

/** The border after a row, or after a tile of a row. */
export interface Border extends Rect {
  readonly row: number
  /** Null for the border after a row. */
  readonly tile: number | null
}

/** No tile gets smaller than this part of its neighbour and itself. */
const SMALLEST = 0.1

export function idsIn(tiling: Tiling): readonly string[] {
  return tiling.flatMap(({ tiles }) => tiles.map(({ id }) => id))
}

/** The tiles without those whose tabs are gone. A single one is no division. */
export function existing(tiling: Tiling, ids: readonly string[]): Tiling {
  const rows = tiling
    .map((row) => ({ ...row, tiles: row.tiles.filter(({ id }) => ids.includes(id)) }))
    .filter(({ tiles }) => tiles.length > 0)
  return idsIn(rows).length > 1 ? rows : []
}

/** Puts a tile on the right of another one, or below it. Each gets a half of the place of the other one. */
export function split(tiling: Tiling, id: string, added: string, to: 'right' | 'down'): Tiling {
  const from = tiling.length > 0 ? tiling : [{ share: 1, tiles: [{ id, share: 1 }] }]
  return from.flatMap((row) => {
    if (!row.tiles.some((tile) => tile.id === id)) return [row]
    if (to === 'right') return [{ ...row, tiles: row.tiles.flatMap((tile) => halves(tile, id, added)) }]
    const share = row.share / 2
    return [
      { ...row, share },
      { share, tiles: [{ id: added, share: 1 }] },
    ]
  })
}

function halves(tile: Row['tiles'][number], id: string, added: string) {
  if (tile.id !== id) return [tile]
  const share = tile.share / 2
  return [
    { id, share },
    { id: added, share },
  ]
}

/** All tiles in a grid that is about as wide as it is high. */
export function gridOf(ids: readonly string[]): Tiling {
  if (ids.length < 2) return []
  const columns = Math.ceil(Math.sqrt(ids.length))
  const rows = Math.ceil(ids.length / columns)
  return Array.from({ length: rows }, (_, row) => ({
    share: 1,
    tiles: ids.slice(row * columns, (row + 1) * columns).map((id) => ({ id, share: 1 })),
  }))
}

/** Shows another tab in a tile. */
export function replaced(tiling: Tiling, id: string, by: string): Tiling {
  return tiling.map((row) => ({
    ...row,
    tiles: row.tiles.map((tile) => (tile.id === id ? { ...tile, id: by } : tile)),
  }))
}

export function placed(tiling: Tiling): readonly PlacedTile[] {
  return spread(tiling, 100).flatMap(({ item: row, from: top, size: height }) =>
    spread(row.tiles, 100).map(({ item, from: left, size: width }) => ({
      id: item.id,
      left,
      top,
      width,
      height,
    })),
  )
}

export function bordersOf(tiling: Tiling): readonly Border[] {
  return spread(tiling, 100).flatMap(({ item, from, size }, row) => {
    const sides = spread(item.tiles, 100)
      .slice(1)
      .map((tile, index) => ({ row, tile: index, left: tile.from, top: from, width: 0, height: size }))
    return row === 0
      ? sides
      : [{ row: row - 1, tile: null, left: 0, top: from, width: 100, height: 0 }, ...sides]
  })
}

/** Moves a border by so many per cent of the place. */
export function moved(tiling: Tiling, { row, tile }: Pick<Border, 'row' | 'tile'>, percent: number): Tiling {
  if (tile === null) return shifted(tiling, row, percent)
  return tiling.map((one, index) =>
    index === row ? { ...one, tiles: shifted(one.tiles, tile, percent) } : one,
  )
}

interface Shared {
  readonly share: number
}

function spread<T extends Shared>(items: readonly T[], room: number) {
  const sum = items.reduce((total, { share }) => total + share, 0)
  let from = 0
  return items.map((item) => {
    const size = (item.share / sum) * room
    const start = from
    from += size
    return { item, from: start, size }
  })
}

function shifted<T extends Shared>(items: readonly T[], index: number, percent: number): readonly T[] {
  const [one, other] = [items[index], items[index + 1]]
  if (!one || !other) return items
  const both = one.share + other.share
  const sum = items.reduce((total, { share }) => total + share, 0)
  const wanted = one.share + (percent / 100) * sum
  const share = Math.min(Math.max(wanted, SMALLEST * both), (1 - SMALLEST) * both)
  return items.map((item, at) => {
    if (at === index) return { ...item, share }
    return at === index + 1 ? { ...item, share: both - share } : item
  })
}
