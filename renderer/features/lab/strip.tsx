/** The strip at the foot of the instructions: what the checks say now, and the way to the next step. */
import { ArrowRight, Check, ChevronUp } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import type { CheckView, LabStep, SessionView, StepView } from '../../../main/api'
import { useSettings } from '../../api'
import { Button, Dots, timeOfDay } from '../../components'
import { Checks } from './checks'
import { useNextKey } from './next-key'
import { counted, momentOfStep, pressing } from './step-moment'
import './strip.css'

interface Props {
  readonly session: SessionView
  readonly view: StepView
  readonly next: LabStep | undefined
  readonly busy: boolean
  readonly onNext: (stepId: string) => void
  /** What is said and shown when there is no step left to do. */
  readonly ending: EndingView | null
}

interface EndingView {
  readonly words: string
  /** It stands above the checks. */
  readonly content: ReactNode
}

export function Strip({ session, view, next, busy, onNext, ending }: Props) {
  const [isOpen, setIsOpen] = useIsOpen(ending !== null)
  const panelId = useId()
  const moment = momentOfStep(view)
  const isReady = (view.state === 'done' || view.state === 'skipped') && session.state === 'running' && !busy
  return (
    <footer className="strip" data-part="checks" data-moment={ending ? 'completed' : moment}>
      <div className="strip-panel" id={panelId} hidden={!isOpen}>
        {ending?.content}
        {moment === 'past' ? <PastChecks checks={view.checks} /> : <Checks checks={view.checks} />}
      </div>
      <span className="visually-hidden" role="status">
        {moment === 'past' ? wordsFor(view) : `${progressOf(view)} green`}
      </span>
      <div className="strip-row">
        <button
          type="button"
          className="strip-toggle"
          aria-expanded={isOpen}
          aria-controls={panelId}
          onClick={() => setIsOpen(!isOpen)}
        >
          <span className="visually-hidden">Checks: </span>
          <Summary view={view} ending={ending} isOpen={isOpen} />
          <ChevronUp aria-hidden="true" />
        </button>
        {next && <NextStep step={next} isReady={isReady} onOpen={() => onNext(next.id)} />}
      </div>
    </footer>
  )
}

interface SummaryProps {
  readonly view: StepView
  readonly ending: EndingView | null
  readonly isOpen: boolean
}

/** The list of checks says why each is red, so an open one needs no sentence below it. */
function Summary({ view, ending, isOpen }: SummaryProps) {
  const moment = momentOfStep(view)
  const isPast = moment === 'past'
  const isOver = ending !== null || moment !== 'working'
  return (
    <>
      <Dots
        of={counted(view.checks).map(({ name, state }) => ({ id: name, state: isPast ? 'past' : state }))}
      />
      {!isPast && <span className="strip-count">{progressOf(view)}</span>}
      {(!isOpen || isOver) && <span className="strip-message">{ending ? ending.words : wordsFor(view)}</span>}
    </>
  )
}

function progressOf({ checks }: StepView): string {
  const all = counted(checks)
  return `${all.filter(({ state }) => state === 'green').length} of ${all.length}`
}

function wordsFor(view: StepView): string {
  const moment = momentOfStep(view)
  if (view.state === 'skipped') return 'This step was done for you.'
  if (moment === 'past')
    return `Done${view.doneAt ? ` at ${timeOfDay(view.doneAt)}` : ''}. The lab has moved on since.`
  if (moment === 'done') return 'This step is done.'
  const check = pressing(view.checks)
  return check ? check.explanation || check.name : ''
}

/** What was green when the step was done. The nodes are further now, so what is found in them says nothing. */
function PastChecks({ checks }: { readonly checks: readonly CheckView[] }) {
  return (
    <ul className="checks" aria-label="Checks">
      {checks.map(({ name }) => (
        <li key={name} className="check" data-state="past" data-testid="check">
          <Check aria-hidden="true" />
          <div>
            <span className="check-name">{name}</span>
          </div>
        </li>
      ))}
    </ul>
  )
}

interface NextProps {
  readonly step: LabStep
  readonly isReady: boolean
  readonly onOpen: () => void
}

function NextStep({ step, isReady, onOpen }: NextProps) {
  useNextKey(isReady, onOpen)
  return (
    <Button
      weight={isReady ? 'primary' : 'quiet'}
      isDisabled={!isReady}
      onPress={onOpen}
      aria-keyshortcuts="Control+Enter"
      icon={<ArrowRight aria-hidden="true" />}
    >
      Next step
      <span className="visually-hidden">: {step.title}</span>
      {isReady && <kbd>Ctrl+Enter</kbd>}
    </Button>
  )
}

/** The settings keep whether the checks are open. Before anybody has chosen, they are where there is room for them. */
function useIsOpen(isOver: boolean): [boolean, (isOpen: boolean) => void] {
  const { settings, change } = useSettings()
  const [wasOver, setWasOver] = useState(isOver)
  const [isCongratulating, setIsCongratulating] = useState(isOver)
  if (wasOver !== isOver) {
    setWasOver(isOver)
    setIsCongratulating(isOver)
  }
  const kept = settings.layouts['lab-checks']?.open
  const isOpen = kept === undefined ? hasRoom() : kept === 1
  const choose = (now: boolean) => {
    setIsCongratulating(false)
    void change({ layouts: { ...settings.layouts, 'lab-checks': { open: now ? 1 : 0 } } })
  }
  return [isOpen || isCongratulating, choose]
}

function hasRoom(): boolean {
  return window.matchMedia('(min-width: 900px) and (min-height: 700px)').matches
}
