/** The page of playgrounds: a new one, those that there are, and a field for links. */
import { useAnswer, useStream } from '../../api'
import { Loading, PageTitle, ProblemPanel } from '../../components'
import { wishOf } from './link'
import { NewPlayground } from './new-playground'
import { OpenLink } from './open-link'
import { PlaygroundList } from './playground-list'
import './playground.css'

/** @param query what a link asks for, as the address has it */
export function PlaygroundPage({ query = '' }: { readonly query?: string }) {
  const { value: options, problem, again } = useAnswer('playground.options', {})
  const { value: playgrounds } = useStream('playground.watch', {})
  return (
    <main id="main" className="page playground">
      <div>
        <PageTitle title="Playground" />
        <p className="playground-lead">
          Nodes of your choice, without tasks. Try things out, save them, and continue another day.
        </p>
      </div>
      {problem && <ProblemPanel problem={problem} onAction={again} />}
      {!options && !problem && <Loading what="the choices" />}
      {options && <NewPlayground key={query} options={options} wish={wishOf(query)} />}
      {playgrounds && <PlaygroundList playgrounds={playgrounds} />}
      <OpenLink />
    </main>
  )
}
