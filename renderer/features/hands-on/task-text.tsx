/** The list of tasks, the text of the task that is shown, and the buttons to hand it in or start it over. */
import { Check, RotateCcw, Send } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { HandsOnView } from '../../../main/api'
import { Button, ConfirmDialog, Markdown, percent, RowButton } from '../../components'
import './task.css'
import './task-text.css'

type Task = HandsOnView['tasks'][number]

const STATES: Readonly<Record<Task['state'], string>> = {
  new: 'not started',
  open: 'started',
  'handed-in': 'handed in',
}

interface Props {
  readonly attempt: HandsOnView
  readonly chosen: number
  readonly busy: boolean
  readonly onChoose: (task: number) => void
  readonly onHandIn: () => void
  /** Null while the task has no nodes. */
  readonly onStartOver: (() => void) | null
  /** A message about the nodes, such as that they were started again. */
  readonly notice: string | null
}

export function TaskText({ attempt, chosen, onChoose, notice, ...rest }: Props) {
  const top = useRef<HTMLElement>(null)
  const task = attempt.tasks[chosen]
  // biome-ignore lint/correctness/useExhaustiveDependencies: another task is read from its top
  useEffect(() => {
    top.current?.scrollTo({ top: 0 })
  }, [chosen])
  if (!task) return null
  return (
    <section className="task-text" aria-label="Task" data-pane="instructions" ref={top}>
      <ol className="task-list" aria-label="Tasks">
        {attempt.tasks.map((one, index) => (
          <li key={one.title}>
            <TaskButton
              task={one}
              number={index + 1}
              isChosen={index === chosen}
              onChoose={() => onChoose(index)}
            />
          </li>
        ))}
      </ol>
      <h2 tabIndex={-1} data-pane-focus>
        {task.title}
      </h2>
      <p className="task-facts">
        {task.domain} · {percent(task.share)} of the exam · about {task.minutes} minutes
      </p>
      {notice && <p className="bench-notice">{notice}</p>}
      <Markdown text={task.markdown} />
      {task.state === 'open' && <HandIn {...rest} />}
    </section>
  )
}

type HandInProps = Pick<Props, 'busy' | 'onHandIn' | 'onStartOver'>

function HandIn({ busy, onHandIn, onStartOver }: HandInProps) {
  const [asked, setAsked] = useState<'hand-in' | 'start-over' | null>(null)
  return (
    <div className="task-hand-in">
      <Button icon={<Send aria-hidden="true" />} isDisabled={busy} onPress={() => setAsked('hand-in')}>
        Hand in this task
      </Button>
      <Button
        weight="quiet"
        icon={<RotateCcw aria-hidden="true" />}
        isDisabled={busy || !onStartOver}
        onPress={() => setAsked('start-over')}
      >
        Start over
      </Button>
      <ConfirmDialog
        title="Hand in this task?"
        text="It is graded as its nodes are now, and its nodes are given back. You cannot come back to it."
        action="Hand in"
        isOpen={asked === 'hand-in'}
        onClose={() => setAsked(null)}
        onConfirm={onHandIn}
      />
      <ConfirmDialog
        title="Start this task over?"
        text="You get new nodes. Everything in the nodes now is lost; the time that you spent is not given back."
        action="Start over"
        danger
        isOpen={asked === 'start-over'}
        onClose={() => setAsked(null)}
        onConfirm={() => onStartOver?.()}
      />
    </div>
  )
}

interface ButtonProps {
  readonly task: Task
  readonly number: number
  readonly isChosen: boolean
  readonly onChoose: () => void
}

function TaskButton({ task: { title, share, state }, number, isChosen, onChoose }: ButtonProps) {
  return (
    <RowButton
      className="task-button"
      data-state={state}
      aria-current={isChosen ? 'true' : undefined}
      onClick={onChoose}
    >
      <span className="task-number" aria-hidden="true">
        {state === 'handed-in' ? <Check /> : number}
      </span>
      <span className="task-title">{title}</span>
      <span className="visually-hidden">: </span>
      <span className="task-state">{STATES[state]}</span>
      <span className="hands-on-share">{percent(share)}</span>
    </RowButton>
  )
}
