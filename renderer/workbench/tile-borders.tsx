/** The borders between tiles. They are moved with the pointer, and with the arrow keys. */
import type { KeyboardEvent, PointerEvent } from 'react'
import { type Border, bordersOf, moved, type Tiling } from './tiling'

/** Per cent of the place that an arrow key moves a border. */
const STEP = 3

interface Props {
  readonly tiling: Tiling
  readonly onChange: (tiling: Tiling) => void
}

export function TileBorders({ tiling, onChange }: Props) {
  return bordersOf(tiling).map((border) => (
    <TileBorder
      key={`${border.row} ${border.tile}`}
      border={border}
      onMove={(percent) => onChange(moved(tiling, border, percent))}
    />
  ))
}

interface BorderProps {
  readonly border: Border
  readonly onMove: (percent: number) => void
}

function TileBorder({ border: { tile, left, top, width, height }, onMove }: BorderProps) {
  const isUpright = tile !== null
  const [less, more] = isUpright ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown']
  const press = (event: KeyboardEvent) => {
    const by = event.key === less ? -STEP : event.key === more ? STEP : 0
    if (by === 0) return
    event.preventDefault()
    onMove(by)
  }
  const drag = (event: PointerEvent<HTMLElement>) => {
    const place = event.currentTarget.parentElement?.getBoundingClientRect()
    if (!place || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    const at = isUpright
      ? (100 * (event.clientX - place.left)) / place.width - left
      : (100 * (event.clientY - place.top)) / place.height - top
    onMove(at)
  }
  return (
    <hr
      tabIndex={0}
      className="tile-border"
      aria-label={isUpright ? 'Width of the terminals beside' : 'Height of the terminals above'}
      aria-orientation={isUpright ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(isUpright ? left : top)}
      aria-valuemin={0}
      aria-valuemax={100}
      style={{ left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` }}
      onKeyDown={press}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
    />
  )
}
