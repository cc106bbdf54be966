/** The page of the person's own questions: what is in their folder, import and export. */
import { useAnswer } from '../../api'
import { useTakeStance } from '../../attempt'
import { Loading, PageTitle, ProblemPanel } from '../../components'
import { ExportPart } from './export-part'
import { ImportPart } from './import-part'
import { OwnPart } from './own-part'
import './exchange.css'
import './preview.css'

export function ExchangePage() {
  useTakeStance({ place: '/practice', exam: null })
  const { value: own, problem, again } = useAnswer('own.list', {})
  const { value: blueprint } = useAnswer('exam.blueprint', {})
  const { value: formats } = useAnswer('exchange.formats', {})
  return (
    <main id="main" className="page exchange" aria-busy={!own && !problem}>
      <div>
        <PageTitle title="Your own questions" />
        <p className="exchange-lead">
          Questions that you have written, or that come from other programs. You can practise them like the
          others. They are in no mock exam, and your readiness does not count them.
        </p>
      </div>
      {problem && <ProblemPanel problem={problem} onAction={again} />}
      {!own && !problem && <Loading what="your questions" />}
      {own && <OwnPart own={own} onLookAgain={again} />}
      {blueprint && formats && <ImportPart blueprint={blueprint} formats={formats} onAdded={again} />}
      {own && blueprint && formats && <ExportPart own={own} blueprint={blueprint} formats={formats} />}
    </main>
  )
}
