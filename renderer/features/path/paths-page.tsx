/** All paths with the student's progress. */
import { Check } from 'lucide-react'
import { z } from 'zod'
import type { PathView } from '../../../main/api'
import { useAction, useAnswer, useSettings } from '../../api'
import { Button, PageTitle, ProblemPanel, useKeptState } from '../../components'
import { PathStepRow } from './path-step'
import './paths.css'

export function PathsPage() {
  const { value: paths, problem } = useAnswer('path.list', { attempts: true })
  return (
    <main id="main" className="page paths" aria-busy={!paths && !problem}>
      <PageTitle title="Paths" />
      <p className="paths-lead">A path is an order that builds up. It locks nothing: begin where you like.</p>
      {problem && <ProblemPanel problem={problem} />}
      {paths?.map((path) => (
        <Path key={path.id} path={path} />
      ))}
    </main>
  )
}

function Path({ path }: { readonly path: PathView }) {
  const { id, title, summary, minutes, steps, needs, main } = path
  const [isOpen, setOpen] = useKeptState(`open ${id}`, main || steps.some((step) => step.done), z.boolean())
  const { settings } = useSettings()
  const isFollowed = settings.followedPath === null ? main : settings.followedPath === id
  const done = steps.filter((step) => step.done).length
  const next = steps.find((step) => !step.done)
  return (
    <section className="path" aria-labelledby={`path-${id}`}>
      <h2 id={`path-${id}`}>{title}</h2>
      <p>{summary}</p>
      <p className="path-facts">
        {done} of {steps.length} steps done · about {hours(minutes)}
        {needs.length > 0 && ` · comes after “${needs.map((one) => one.title).join('”, “')}”`}
      </p>
      <progress className="path-progress" value={done} max={steps.length} aria-label={`Progress: ${title}`} />
      <div className="row">
        <Follow path={path} isFollowed={isFollowed} />
        <Button small weight="quiet" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide the steps' : 'Show the steps'}
        </Button>
      </div>
      {isOpen && (
        <ol className="path-steps">
          {steps.map((step) => (
            <PathStepRow key={`${step.kind}-${step.id}`} step={step} isNext={step === next} />
          ))}
        </ol>
      )}
    </section>
  )
}

interface FollowProps {
  readonly path: PathView
  readonly isFollowed: boolean
}

/** Home and the ends of labs lead along the path that is followed. The button stays, and keeps the focus. */
function Follow({ path: { id, title }, isFollowed }: FollowProps) {
  const { change } = useSettings()
  const { problem, run } = useAction()
  const words = isFollowed ? 'You follow this path' : 'Follow this path'
  return (
    <>
      <Button
        small
        icon={isFollowed && <Check aria-hidden="true" />}
        aria-label={`${words}: ${title}`}
        onPress={() => run(() => change({ followedPath: id }))}
      >
        {words}
      </Button>
      {problem && <ProblemPanel problem={problem} />}
    </>
  )
}

/** "2 h", "1.5 h", "45 min". */
function hours(minutes: number): string {
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 30) / 2} h`
}
