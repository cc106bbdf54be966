/** The import: a file of another program is chosen, looked at as it was understood, and then added. */
import { Dumbbell } from 'lucide-react'
import { useState } from 'react'
import type { BlueprintView, FormatView } from '../../../main/api'
import { Button, count, ProblemPanel } from '../../components'
import { FileChoice } from './file-choice'
import { ObjectiveSelect } from './objective-select'
import { Preview } from './preview'
import { type Import, useImport, type Wish } from './use-import'
import { usePractise } from './use-practise'

interface Props {
  readonly blueprint: BlueprintView
  readonly formats: readonly FormatView[]
  readonly onAdded: () => void
}

export function ImportPart({ blueprint, formats, onAdded }: Props) {
  const first = blueprint.domains[0]?.objectives[0]?.id ?? ''
  const [wish, setWish] = useState<Wish>({ objective: first, forAll: false, format: '' })
  const work = useImport(onAdded)
  const change = (part: Partial<Wish>) => {
    const next = { ...wish, ...part }
    setWish(next)
    work.readAgain(next)
  }
  return (
    <section className="exchange-part" aria-labelledby="import-title" aria-busy={work.work !== null}>
      <h2 id="import-title">Import</h2>
      <p>
        Moodle XML, GIFT, Aiken, a CSV table, notes of Anki, or QTI 2 and 3. Its content tells which one it
        is. Nothing is written before you have seen what was understood.
      </p>
      <FileChoice busy={work.work !== null} onFile={(file) => work.take(file, wish)} />
      <Working work={work} />
      {work.problem && <ProblemPanel problem={work.problem} />}
      {work.read && (
        <>
          <Choices wish={wish} blueprint={blueprint} formats={formats} onChange={change} read={work.read} />
          <Preview
            key={work.read.turn}
            read={work.read}
            busy={work.work !== null}
            onAdd={work.add}
            onLeave={work.cancel}
          />
        </>
      )}
      {work.added && <Added {...work.added} />}
    </section>
  )
}

function Working({ work: { work, cancel } }: { readonly work: Import }) {
  if (!work) return null
  return (
    <div className="exchange-working" role="status">
      <span>{work.what}…</span>
      {work.share === null ? (
        <progress aria-label={work.what} />
      ) : (
        <progress aria-label={work.what} max={1} value={work.share} />
      )}
      {work.canCancel && (
        <Button small onPress={cancel}>
          Cancel
        </Button>
      )}
    </div>
  )
}

interface ChoicesProps extends Pick<Props, 'blueprint' | 'formats'> {
  readonly wish: Wish
  readonly read: NonNullable<Import['read']>
  readonly onChange: (part: Partial<Wish>) => void
}

/** What the reader can say better than the file. */
function Choices({ wish, blueprint, formats, read: { preview }, onChange }: ChoicesProps) {
  const named = preview.items - preview.withoutObjective
  return (
    <div className="exchange-choices">
      <ObjectiveSelect
        label={`Objective of ${wish.forAll || named <= 0 ? 'all questions' : 'questions that name none'}`}
        domains={blueprint.domains}
        value={wish.objective}
        onChange={(objective) => onChange({ objective })}
      />
      {named > 0 && (
        <label className="exchange-check">
          <input
            type="checkbox"
            checked={wish.forAll}
            onChange={({ target }) => onChange({ forAll: target.checked })}
          />
          Also for the {count(named, 'question')} with an objective in the file
        </label>
      )}
      <label className="exchange-field">
        <span>Read it as</span>
        <select
          className="control"
          value={wish.format}
          onChange={({ target }) => onChange({ format: target.value })}
        >
          <option value="">What its content tells{preview.format && `: ${preview.format.title}`}</option>
          {formats
            .filter(({ id }) => id !== 'qti3')
            .map(({ id, title }) => (
              <option key={id} value={id}>
                {id === 'qti' ? 'QTI 2 or 3' : title}
              </option>
            ))}
        </select>
      </label>
    </div>
  )
}

function Added({ count: number, folder }: NonNullable<Import['added']>) {
  const { busy, problem, practise } = usePractise()
  return (
    <div className="exchange-added" role="status">
      <p>
        {count(number, 'question')} added to the folder <code>{folder}</code>.
      </p>
      <Button icon={<Dumbbell aria-hidden="true" />} isDisabled={busy} onPress={() => practise({ folder })}>
        Practise them now
      </Button>
      {problem && <ProblemPanel problem={problem} />}
    </div>
  )
}
