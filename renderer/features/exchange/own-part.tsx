/** What is in the person's folder: how many questions, what is wrong with them, and a drill of them. */
import { Dumbbell, RotateCw } from 'lucide-react'
import { Link } from 'wouter'
import type { OwnQuestionsView } from '../../../main/api'
import { Button, count } from '../../components'
import { FileProblems } from './file-problems'
import { usePractise } from './use-practise'

interface Props {
  readonly own: OwnQuestionsView
  readonly onLookAgain: () => void
}

export function OwnPart({ own: { folder, questions, folders, problems }, onLookAgain }: Props) {
  return (
    <section className="exchange-part" aria-labelledby="own-title">
      <h2 id="own-title">In your folder</h2>
      <p>
        <strong>{questions === 0 ? 'No questions yet' : count(questions, 'question')}</strong> in{' '}
        <code>{folder}</code>. Files in YAML that you put there are read as they are.{' '}
        <Link href="/settings">Choose another folder</Link>
      </p>
      {folders.length > 0 && (
        <ul className="exchange-folders" aria-label="Folders">
          {folders.map((one) => (
            <li key={one.name}>
              <span>
                {one.name} <small>{count(one.questions, 'question')}</small>
              </span>
              <Practise folder={one.name} />
            </li>
          ))}
        </ul>
      )}
      <FileProblems problems={problems} title="Problems in your files" />
      <div>
        <Button small weight="quiet" icon={<RotateCw aria-hidden="true" />} onPress={onLookAgain}>
          Look again
        </Button>
      </div>
    </section>
  )
}

function Practise({ folder }: { readonly folder: string }) {
  const { busy, problem, practise } = usePractise()
  return (
    <>
      <Button
        small
        icon={<Dumbbell aria-hidden="true" />}
        isDisabled={busy}
        aria-label={`Practise: ${folder}`}
        onPress={() => practise({ folder })}
      >
        Practise
      </Button>
      {problem && <span role="alert">{problem.message}</span>}
    </>
  )
}
