/** What was understood of a file: how much of it, what is lost, and the questions as they will look. */
import { ArrowLeft, ArrowRight, Plus } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import type { ImportPreview, PreviewItem } from '../../../main/api'
import { useAnswer, useClient } from '../../api'
import { Button, count, Loading, PicturesContext, ProblemPanel, pictureUrl } from '../../components'
import { FileProblems } from './file-problems'
import { PreviewQuestion } from './preview-question'
import type { Choice, Read } from './use-import'

/** Questions at once: ten of them are read in a minute. */
const AT_ONCE = 10

interface Props {
  readonly read: Read
  readonly busy: boolean
  readonly onAdd: (choice: Choice) => void
  readonly onLeave: () => void
}

export function Preview({ read: { importId, name, preview, turn }, busy, onAdd, onLeave }: Props) {
  const [duplicates, setDuplicates] = useState(false)
  const [unwanted, setUnwanted] = useState<Unwanted>(new Map())
  const heading = useRef<HTMLHeadingElement>(null)
  // A reader who has chosen a file goes on here. Later changes leave the focus where it is.
  useEffect(() => {
    if (turn === 1) heading.current?.focus()
  }, [turn])
  const wanted = wantedOf(preview, duplicates, unwanted)
  return (
    <section className="exchange-preview" aria-labelledby="preview-title">
      <h3 ref={heading} id="preview-title" tabIndex={-1}>
        What was understood of {name}
      </h3>
      <Summary preview={preview} />
      <FileProblems problems={preview.problems} title="What is lost, and what to look at" />
      {preview.items > 0 && (
        <Questions
          importId={importId}
          all={preview.items}
          isWanted={(place, item) => !unwanted.has(place) && (duplicates || item.duplicate === null)}
          isFixed={(item) => busy || (!duplicates && item.duplicate !== null)}
          onWant={(place, item, want) => setUnwanted((before) => withWish(before, { place, item, want }))}
        />
      )}
      {preview.duplicates > 0 && (
        <label className="exchange-check">
          <input
            type="checkbox"
            checked={duplicates}
            onChange={({ target }) => setDuplicates(target.checked)}
          />
          Add the {count(preview.duplicates, 'question')} that you have already, too
        </label>
      )}
      <div className="exchange-actions">
        {wanted > 0 && (
          <Button
            weight="primary"
            icon={<Plus aria-hidden="true" />}
            isDisabled={busy}
            onPress={() => onAdd({ duplicates, without: [...unwanted.keys()] })}
          >
            Add {count(wanted, 'question')}
          </Button>
        )}
        <Button isDisabled={busy} onPress={onLeave}>
          {preview.items > 0 ? 'Add nothing' : 'Close'}
        </Button>
      </div>
    </section>
  )
}

/** The places of questions that are not wanted, and whether they are here already. */
type Unwanted = ReadonlyMap<number, boolean>

interface ItemWish {
  readonly place: number
  readonly item: PreviewItem
  readonly want: boolean
}

function withWish(before: Unwanted, { place, item, want }: ItemWish): Unwanted {
  const after = new Map(before)
  if (want) after.delete(place)
  else after.set(place, item.duplicate !== null)
  return after
}

/** How many questions are added. */
function wantedOf(
  { items, duplicates: known }: ImportPreview,
  duplicates: boolean,
  unwanted: Unwanted,
): number {
  if (duplicates) return items - unwanted.size
  return items - known - [...unwanted.values()].filter((isKnown) => !isKnown).length
}

function Summary({ preview }: { readonly preview: ImportPreview }) {
  const { format, encoding, items, leftOut, withLoss, duplicates, pictures } = preview
  const facts: (readonly [string, ReactNode])[] = [
    ['Format', format?.title ?? 'not recognised'],
    ...(encoding === null ? [] : [['Encoding', encoding.toUpperCase()] as const]),
    ['Understood', count(items, 'question')],
    ['Left out', inWords(leftOut)],
    ...(withLoss === 0 ? [] : [['Come without a part', count(withLoss, 'question')] as const]),
    ...(duplicates === 0 ? [] : [['Here already', count(duplicates, 'question')] as const]),
    ...(pictures === 0 ? [] : [['Pictures', String(pictures)] as const]),
  ]
  return (
    <dl className="exchange-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Problems are told up to a thousand. */
function inWords(leftOut: number): string {
  if (leftOut === 0) return 'nothing'
  return leftOut > 1_000 ? 'more than 1,000' : String(leftOut)
}

interface QuestionsProps {
  readonly importId: string
  readonly all: number
  readonly isWanted: (place: number, item: PreviewItem) => boolean
  /** Whether nothing can be chosen. */
  readonly isFixed: (item: PreviewItem) => boolean
  readonly onWant: (place: number, item: PreviewItem, want: boolean) => void
}

function Questions({ importId, all, isWanted, isFixed, onWant }: QuestionsProps) {
  const api = useClient()
  const [from, setFrom] = useState(0)
  const { value: items, problem } = useAnswer('exchange.items', { importId, from, count: AT_ONCE })
  const load = useCallback(
    async (path: string) => pictureUrl(await api.call('exchange.picture', { importId, path })),
    [api, importId],
  )
  return (
    <PicturesContext.Provider value={load}>
      <nav className="exchange-pager" aria-label="Questions of the file">
        <span role="status">
          Questions {from + 1} to {Math.min(from + AT_ONCE, all)} of {all}
        </span>
        <Button
          small
          icon={<ArrowLeft aria-hidden="true" />}
          isDisabled={from === 0}
          onPress={() => setFrom(from - AT_ONCE)}
        >
          Previous
        </Button>
        <Button
          small
          icon={<ArrowRight aria-hidden="true" />}
          isDisabled={from + AT_ONCE >= all}
          onPress={() => setFrom(from + AT_ONCE)}
        >
          Next
        </Button>
      </nav>
      {problem && <ProblemPanel problem={problem} />}
      {!items && !problem && <Loading what="the questions" />}
      {items && (
        <ol className="exchange-questions" start={from + 1}>
          {items.map((item, index) => (
            <PreviewQuestion
              key={item.id}
              item={item}
              number={from + index + 1}
              isWanted={isWanted(from + index, item)}
              isFixed={isFixed(item)}
              onWant={(want) => onWant(from + index, item, want)}
            />
          ))}
        </ol>
      )}
    </PicturesContext.Provider>
  )
}
