/** Problems in files, each with its file, its line and a way out. */
import { CircleAlert, CircleX } from 'lucide-react'
import type { FileProblemView } from '../../../main/api'

interface Props {
  readonly problems: readonly FileProblemView[]
  readonly title: string
}

/** More of them at once are read by nobody. */
const SHOWN = 20

export function FileProblems({ problems, title }: Props) {
  if (problems.length === 0) return null
  return (
    <details className="exchange-problems" open={problems.length <= SHOWN}>
      <summary>
        {title} ({problems.length})
      </summary>
      <ul>
        {problems.map((problem, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the problems of a file never move
          <li key={index} data-severity={problem.severity}>
            {problem.severity === 'error' ? (
              <CircleX role="img" aria-label="Lost" />
            ) : (
              <CircleAlert role="img" aria-label="Warning" />
            )}
            <div>
              <p>
                <code>
                  {problem.file}:{problem.line}
                </code>{' '}
                {problem.message}
              </p>
              <p className="exchange-soft">{problem.help}</p>
            </div>
          </li>
        ))}
      </ul>
    </details>
  )
}
