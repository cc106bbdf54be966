/** Reads the files of hands-on exams. */
import { type FileProblem, YamlSource } from '../../shared/files'
import { type HandsOnExam, HandsOnFile } from './schema'

const GUIDE = 'questions/README.md'

export interface ParsedHandsOn {
  /** Null when there are problems. */
  readonly exam: HandsOnExam | null
  readonly problems: readonly FileProblem[]
}

/** @param file relative to questions/, such as hands-on/harbour.yaml */
export function parseHandsOn(text: string, file: string): ParsedHandsOn {
  const source = handsOnSource(text, file)
  const { value, problems } = source.read()
  if (problems.length > 0) return { exam: null, problems }
  const parsed = HandsOnFile.safeParse(value)
  if (!parsed.success) return { exam: null, problems: source.schemaProblems(parsed.error) }
  const twice = tasksTwice(parsed.data, source)
  if (twice.length > 0) return { exam: null, problems: twice }
  const id = (file.split('/').at(-1) ?? file).replace(/\.ya?ml$/, '')
  return { exam: { id, ...parsed.data }, problems: [] }
}

/** A task has one set of nodes and one grade, so an exam cannot ask for it a second time. */
function tasksTwice({ tasks }: Pick<HandsOnExam, 'tasks'>, source: YamlSource): FileProblem[] {
  const ids = tasks.map(({ task }) => task)
  return ids.flatMap((id, index) =>
    ids.indexOf(id) < index
      ? source.problem(['tasks', index, 'task'], `The task "${id}" is here twice.`, {
          help: 'Take one of them out.',
        })
      : [],
  )
}

export function handsOnSource(text: string, file: string): YamlSource {
  return new YamlSource(file, text, GUIDE)
}
