/** The part of the page that starts a playground. What a link asks for is shown here first; the person starts it. */
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import type { PlaygroundChoice, PlaygroundOptions } from '../../../main/api'
import { useAction, useClient } from '../../api'
import { Button, ProblemPanel } from '../../components'
import { ChoiceForm, whyNot } from './choice-form'
import type { Wish } from './link'
import { unpackText } from './packed-text'
import { keepCompose } from './pending-compose'

const USUAL: PlaygroundChoice = {
  name: 'Playground',
  managers: 1,
  workers: 1,
  swarm: true,
  engine: null,
}

interface Props {
  readonly options: PlaygroundOptions
  readonly wish: Wish | null
}

export function NewPlayground({ options, wish }: Props) {
  const api = useClient()
  const [, navigate] = useLocation()
  const { busy, problem, run } = useAction()
  const [choice, setChoice] = useState(() => choiceOf(wish))
  const compose = useCompose(wish?.compose ?? null)
  const reason = whyNot(choice, options)
  const start = async () => {
    const { id } = await api.call('playground.start', choice)
    if (compose.text) keepCompose(id, compose.text)
    navigate(`/playground/${id}`)
  }
  return (
    <section className="playground-card" aria-labelledby="playground-new">
      <h2 id="playground-new">New playground</h2>
      {wish && <Asked wish={wish} compose={compose} />}
      <ChoiceForm options={options} value={choice} onChange={setChoice} />
      {problem && <ProblemPanel problem={problem} />}
      {reason && <p role="status">{reason}</p>}
      <Button weight="primary" isDisabled={busy || reason !== null} onPress={() => run(start)}>
        Start the playground
      </Button>
    </section>
  )
}

function choiceOf(wish: Wish | null): PlaygroundChoice {
  if (!wish) return USUAL
  const { managers, workers, swarm, engine, name } = wish
  return { managers, workers, swarm, engine, name: name ?? USUAL.name }
}

interface Compose {
  readonly text: string
  readonly isDamaged: boolean
}

/** The compose file of a link, unpacked. */
function useCompose(packed: string | null): Compose {
  const [compose, setCompose] = useState<Compose>({ text: '', isDamaged: false })
  useEffect(() => {
    let isWanted = true
    const take = (next: Compose) => isWanted && setCompose(next)
    if (packed === null) take({ text: '', isDamaged: false })
    else
      unpackText(packed).then(
        (text) => take({ text, isDamaged: false }),
        () => take({ text: '', isDamaged: true }),
      )
    return () => {
      isWanted = false
    }
  }, [packed])
  return compose
}

/** What a link brings: nothing has been started or deployed yet. */
function Asked({ wish, compose }: { readonly wish: Wish; readonly compose: Compose }) {
  return (
    <div className="playground-asked">
      <p>A link asks for this playground. Nothing runs before you start it.</p>
      {compose.isDamaged && <p>Its compose file is damaged or too large, and is left out.</p>}
      {wish.address && (
        <p>
          It names a compose file at <code>{wish.address}</code>. Capstan does not fetch files from addresses.
          Open that address, copy the text, and paste it into the playground.
        </p>
      )}
      {compose.text && (
        <>
          <p>It brings this compose file. You are asked again before it is deployed.</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long file is scrolled by keys */}
          <pre tabIndex={0}>{compose.text}</pre>
        </>
      )}
    </div>
  )
}
