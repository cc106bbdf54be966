/**
 * State of a page that is there again after Back and after a reload: filters, what is open, how far it is scrolled.
 * It belongs to an entry of the window's history, so the same page opened by a link begins fresh.
 */
import { useEffect, useState } from 'react'
import { z } from 'zod'
import { useClock } from './clock'

const STORAGE_KEY = 'capstan-entries'
/** Entries that are kept. Nobody goes back further. */
const MOST_ENTRIES = 50
const LONGEST = 200_000
/** What a reader does to go on: after it the page stays where the reader wants it. */
const ACTS = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const
/** A page that still changes after this is not loading. */
const LONGEST_HOLD_MS = 5_000

const Entries = z
  .array(z.tuple([z.string().max(40), z.record(z.string().max(200), z.unknown())]))
  .max(MOST_ENTRIES)
const EntryState = z.looseObject({ capstanEntry: z.string().max(40) })

type Entry = Record<string, unknown>

/** By the key of the entry, the oldest first. Read when a page first asks: a test without a window may import this. */
let known: Map<string, Entry> | null = null

function knownEntries(): Map<string, Entry> {
  if (known) return known
  const entries = new Map(readEntries())
  window.addEventListener('pagehide', () => writeEntries(entries))
  known = entries
  return entries
}

/** A state that the history's entry keeps under a name. @param fits what kept values must be to be used */
export function useKeptState<T>(
  name: string,
  first: T,
  fits: z.ZodType<T>,
): readonly [T, (value: T) => void] {
  const [entry] = useState(entryOfNow)
  const [value, setValue] = useState<T>(() => {
    const kept = fits.safeParse(entry[name])
    return kept.success ? kept.data : first
  })
  const change = (next: T) => {
    entry[name] = next
    setValue(next)
  }
  return [value, change]
}

/**
 * Scrolls each page to where it was when one comes back to it. Parts of a page come late and move what is below them, so
 * the page is held in its place until the reader acts.
 */
export function useKeptScroll(address: string): void {
  const clock = useClock()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another entry of the history
  useEffect(() => {
    const entry = entryOfNow()
    const hold = new MutationObserver(() => holdAt(entry.scroll))
    const keep = ({ target }: Event) => {
      if (target instanceof HTMLElement && target.id === 'main' && !isHeld) entry.scroll = target.scrollTop
    }
    let isHeld = typeof entry.scroll === 'number' && entry.scroll > 0
    const release = () => {
      isHeld = false
      hold.disconnect()
    }
    if (isHeld) hold.observe(document.body, { childList: true, subtree: true })
    holdAt(entry.scroll)
    const forget = clock.after(LONGEST_HOLD_MS, release)
    // The event of an element does not rise, so it is caught on its way down.
    document.addEventListener('scroll', keep, { capture: true, passive: true })
    for (const act of ACTS) window.addEventListener(act, release, { capture: true, passive: true })
    return () => {
      forget()
      release()
      document.removeEventListener('scroll', keep, { capture: true })
      for (const act of ACTS) window.removeEventListener(act, release, { capture: true })
    }
  }, [clock, address])
}

function holdAt(place: unknown): void {
  const main = document.getElementById('main')
  if (main && typeof place === 'number' && place > 0) main.scrollTop = place
}

/** What is kept for the entry that is open now. */
function entryOfNow(): Entry {
  const state = EntryState.safeParse(history.state)
  const key = state.success ? state.data.capstanEntry : crypto.randomUUID()
  if (!state.success) history.replaceState({ ...history.state, capstanEntry: key }, '')
  const entries = knownEntries()
  const entry = entries.get(key) ?? {}
  entries.delete(key)
  entries.set(key, entry)
  for (const old of [...entries.keys()].slice(0, -MOST_ENTRIES)) entries.delete(old)
  return entry
}

function readEntries(): [string, Entry][] {
  try {
    return Entries.parse(JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? '[]'))
  } catch {
    // A page without its old state is a page that begins fresh.
    return []
  }
}

function writeEntries(entries: ReadonlyMap<string, Entry>): void {
  const text = JSON.stringify([...entries])
  if (text.length > LONGEST) return
  try {
    sessionStorage.setItem(STORAGE_KEY, text)
  } catch {
    // There is no room, or storage is off: then a reload begins fresh.
  }
}
