/** The place and size of the window, kept between starts. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { writeWholeSync } from '../../shared/system/whole-file'

const WindowState = z.object({
  width: z.number(),
  height: z.number(),
  x: z.number().exactOptional(),
  y: z.number().exactOptional(),
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof WindowState>

const FIRST_WINDOW: WindowState = { width: 1280, height: 820, maximized: false }

interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** At least this much of the title bar must be on a screen, so that the window can be moved. */
const GRIP = 50

/** The saved state. When its screen is gone, only the size is left. */
export function onScreen(state: WindowState, areas: readonly Area[]): WindowState {
  const { x, y, width, height, maximized } = state
  if (x === undefined || y === undefined) return state
  const isSeen = areas.some(
    (area) =>
      x < area.x + area.width - GRIP &&
      x + width > area.x + GRIP &&
      y >= area.y &&
      y < area.y + area.height - GRIP,
  )
  return isSeen ? state : { width, height, maximized }
}

/** Reads the saved state. A missing or damaged file costs the window its place, and nothing more. */
export function readWindowState(path: string): WindowState {
  try {
    return WindowState.parse({ ...FIRST_WINDOW, ...JSON.parse(readFileSync(path, 'utf8')) })
  } catch {
    return FIRST_WINDOW
  }
}

/** Saves the state while the window closes. A full disk must not keep the window open, so the state is lost then. */
export function saveWindowState(path: string, state: WindowState): void {
  try {
    writeWholeSync(path, JSON.stringify(state))
  } catch {
    // The window opens at its last saved place.
  }
}
