/** A tour of a real lab: a panel that names one part after the other, and a frame around the part. It blocks nothing. */
import { useEffect, useRef, useState } from 'react'
import { useSettings } from '../api'
import { Button } from '../components'
import { endTour, useTourIsOn } from './tour-state'
import './tour.css'

interface Stop {
  readonly title: string
  readonly text: string
  /** The part that it is about. Without it on the page, the panel stands alone. */
  readonly part: string
  /** The panel stands where it does not hide the part. */
  readonly at: 'top' | 'bottom'
}

const STOPS: readonly Stop[] = [
  {
    title: 'This is what you do',
    text: 'The text says what to reach, and seldom how. Read it, then try. A lab has a few steps; the line above the text shows where you are, and lists them.',
    part: '[data-pane="instructions"]',
    at: 'bottom',
  },
  {
    title: 'This is where you do it',
    text: 'A shell on a real node with an engine of its own. Nothing here can harm your computer’s containers. Type “docker ps” now, if you like.',
    part: '[data-pane="terminal"]',
    at: 'bottom',
  },
  {
    title: 'Checks look while you work',
    text: 'The strip below the text has a dot for each check. A check turns green when what it asks is true, however you got there. The strip opens, and says what is missing.',
    part: '[data-part="checks"]',
    at: 'top',
  },
  {
    title: 'When you are stuck',
    text: 'Ask for a hint first, then for the solution. Both are below the text. Nobody counts them. “Reset” at the top gives you new nodes, for this step or for the whole lab.',
    part: '[data-part="help"]',
    at: 'top',
  },
  {
    title: 'When all checks are green',
    text: 'The next step opens, with its button in the strip or with Ctrl + Enter. You can go back to a step at any time. F6 moves between the panes.',
    part: '[data-part="checks"]',
    at: 'top',
  },
]

/** Shows nothing until the tour is begun. */
export function Tour() {
  return useTourIsOn() ? <TourPanel /> : null
}

function TourPanel() {
  const { change } = useSettings()
  const [index, setIndex] = useState(0)
  const heading = useRef<HTMLHeadingElement>(null)
  const stop = STOPS[index]
  const end = () => {
    endTour()
    // A setting that cannot be saved is no reason to go on: the tour is offered once more.
    change({ tourSeen: true }).catch(() => undefined)
  }
  useEscape(end)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each stop takes the focus
  useEffect(() => heading.current?.focus(), [index])
  useFrame(stop?.part ?? null)
  if (!stop) return null
  const isLast = index === STOPS.length - 1
  return (
    <section className="tour" aria-label="Tour" data-at={stop.at} data-pane="tour" data-keeps-focus>
      <p className="tour-place">
        Tour, {index + 1} of {STOPS.length}
      </p>
      <h2 ref={heading} tabIndex={-1} data-pane-focus>
        {stop.title}
      </h2>
      <p>{stop.text}</p>
      <div className="tour-buttons">
        {!isLast && (
          <Button weight="quiet" onPress={end}>
            Skip the tour
          </Button>
        )}
        {index > 0 && <Button onPress={() => setIndex(index - 1)}>Back</Button>}
        <Button weight="primary" onPress={() => (isLast ? end() : setIndex(index + 1))}>
          {isLast ? 'End the tour' : 'Next'}
        </Button>
      </div>
    </section>
  )
}

/** Escape ends the tour wherever the focus is, also in a terminal. A dialog over the page takes the key for itself. */
function useEscape(end: () => void) {
  const latest = useRef(end)
  latest.current = end
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || document.querySelector('[role="dialog"], [role="menu"]')) return
      event.preventDefault()
      event.stopPropagation()
      latest.current()
    }
    window.addEventListener('keydown', press, { capture: true })
    return () => window.removeEventListener('keydown', press, { capture: true })
  }, [])
}

/** Marks the part on the page, also one that comes later, such as a terminal that is still being opened. */
function useFrame(part: string | null) {
  useEffect(() => {
    if (!part) return
    let marked: Element | null = null
    const mark = () => {
      const shown = [...document.querySelectorAll(part)].find((one) => one.checkVisibility()) ?? null
      if (shown === marked) return
      marked?.removeAttribute('data-tour')
      shown?.setAttribute('data-tour', 'here')
      shown?.scrollIntoView({ block: 'nearest' })
      marked = shown
    }
    mark()
    const observer = new MutationObserver(mark)
    observer.observe(document.body, { childList: true, subtree: true })
    return () => {
      observer.disconnect()
      marked?.removeAttribute('data-tour')
    }
  }, [part])
}
