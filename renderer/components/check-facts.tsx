/** What a check expected and found, as far as its sentence does not say it already. A long finding can be opened. */
import './check-facts.css'

interface Props {
  readonly explanation: string
  readonly expected: string
  readonly found: string
  /** All that was found, when it is more than a line. */
  readonly whole?: string | null
  /** Where it was found, when that is not plain. */
  readonly node?: string
}

/** True when the sentence has the text as words of its own: "10" does not say "1". */
function says(sentence: string, text: string): boolean {
  const words = text.replace(/[\s.!?,;:]+$/, '')
  const at = sentence.indexOf(words)
  const isWord = (letter: string | undefined) => letter !== undefined && /\w/.test(letter)
  return at !== -1 && !isWord(sentence[at - 1]) && !isWord(sentence[at + words.length])
}

export function CheckFacts({ explanation, expected, found, whole = null, node }: Props) {
  const facts = [
    { term: 'Expected', text: expected },
    { term: node === undefined ? 'Found' : `Found on ${node}`, text: found },
  ].filter(({ text }) => text !== '' && !says(explanation, text))
  return (
    <>
      {facts.length > 0 && (
        <dl className="check-facts">
          {facts.map(({ term, text }) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      {whole !== null && (
        <details className="check-whole">
          <summary>Show all that was found</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
          <pre tabIndex={0}>{whole}</pre>
        </details>
      )}
    </>
  )
}
