/** Two sample items, one option at a time: no clock, and nothing is recorded. */
import { Check, CircleCheck, CircleX, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { Button, Markdown, PageTitle } from '../../components'
import { judged } from './judged'
import { OptionJudged } from './revealed'
import { SAMPLE_ITEMS, type SampleItem } from './sample-items'
import { type SampleEnd, standingOf } from './sample-standing'
import { useExamKeys } from './use-keys'
import './exam.css'
import './item.css'
import './revealed.css'
import './try-page.css'

const ENDS: Readonly<Record<SampleEnd, string>> = {
  'accepted-all': 'You said yes to every right option and no to every wrong one that came before. It counts.',
  'accepted-wrong':
    'You said yes to a wrong option. The item ends with the first mistake, and does not count.',
  'refused-right': 'You said no to a right option. The item ends with the first mistake, and does not count.',
}

export function TryPage() {
  const [index, setIndex] = useState(0)
  const item = SAMPLE_ITEMS[index]
  return (
    <main id="main" className="page exam try">
      <div>
        <PageTitle title="Try the format" />
        <p className="exam-lead">
          Most items of the exam show one option at a time. Here are two of them. No clock runs, and nothing
          is recorded.
        </p>
      </div>
      {item && <Sample key={index} item={item} number={index + 1} onNext={() => setIndex(index + 1)} />}
      {!item && <Rules onAgain={() => setIndex(0)} />}
    </main>
  )
}

interface SampleProps {
  readonly item: SampleItem
  readonly number: number
  readonly onNext: () => void
}

function Sample({ item, number, onNext }: SampleProps) {
  const [said, setSaid] = useState<readonly boolean[]>([])
  const { end, shown } = standingOf(item, said)
  const say = (yes: boolean) => shown !== null && setSaid([...said, yes])
  const situation = {
    delivery: 'domc',
    closed: end !== null,
    options: 1,
    practice: true,
    reviewing: false,
  } as const
  useExamKeys(situation, (intent) => {
    if (intent.kind === 'decide') say(intent.yes)
    else if (intent.kind === 'next') onNext()
  })
  const option = shown === null ? undefined : item.options[shown]
  return (
    <section className="try-item" aria-labelledby="try-title">
      <h2 id="try-title">
        Sample {number} of {SAMPLE_ITEMS.length}
      </h2>
      <div className="item-stem">
        <Markdown plain text={item.stem} />
      </div>
      {option && (
        <>
          <section className="option-alone" aria-label="Option" aria-live="polite" aria-atomic="true">
            <h3>Option {said.length + 1}: is this right?</h3>
            <Markdown key={said.length} plain text={option.text} />
          </section>
          <YesNo say={say} />
        </>
      )}
      {end && <Over item={item} said={said} end={end} onNext={onNext} />}
    </section>
  )
}

function YesNo({ say }: { readonly say: (yes: boolean) => void }) {
  return (
    <div className="try-answer">
      <Button icon={<X aria-hidden="true" />} onPress={() => say(false)}>
        No{' '}
        <span className="key" aria-hidden="true">
          N
        </span>
      </Button>
      <Button icon={<Check aria-hidden="true" />} onPress={() => say(true)}>
        Yes{' '}
        <span className="key" aria-hidden="true">
          Y
        </span>
      </Button>
    </div>
  )
}

interface OverProps extends Pick<SampleProps, 'item' | 'onNext'> {
  readonly said: readonly boolean[]
  readonly end: SampleEnd
}

function Over({ item, said, end, onNext }: OverProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const right = end === 'accepted-all'
  const options = item.options.map((option, id) => ({
    ...option,
    id,
    shown: id < said.length,
    picked: said[id] ?? false,
  }))
  return (
    <div className="revealed">
      <h3 ref={heading} tabIndex={-1} className="verdict" data-right={right}>
        {right ? <CircleCheck aria-hidden="true" /> : <CircleX aria-hidden="true" />}
        {right ? 'Right' : 'Not right'}
      </h3>
      <p>{ENDS[end]}</p>
      <ul className="revealed-options" aria-label="Options">
        {judged(options, 'domc').map((option) => (
          <OptionJudged key={option.id} option={option} />
        ))}
      </ul>
      <p>{item.explanation}</p>
      <div className="try-answer">
        <Button weight="primary" onPress={onNext}>
          Continue
        </Button>
      </div>
    </div>
  )
}

function Rules({ onAgain }: { readonly onAgain: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section className="try-item" aria-labelledby="try-rules">
      <h2 id="try-rules" ref={heading} tabIndex={-1}>
        How such an item is scored
      </h2>
      <ul className="exam-rules">
        <li>
          <strong>All or nothing.</strong> It counts when you accept every right option and refuse every wrong
          one that is shown before. There are no part marks.
        </li>
        <li>
          <strong>The first mistake ends it.</strong> So does the last right option: the others are not shown.
        </li>
        <li>
          <strong>One more option may follow</strong> when the result is certain. It does not count, so the
          number of options tells you nothing.
        </li>
        <li>
          <strong>There is no way back.</strong> An answer cannot be changed, and the item is not shown again.
        </li>
      </ul>
      <div className="try-answer">
        <Button onPress={onAgain}>Try them again</Button>
        <Link href="/exam">To the mock exam</Link>
      </div>
    </section>
  )
}
