/** Reads the files of paths. */
import { type FileProblem, YamlSource } from '../../shared/files'
import { type LearningPath, PathFile } from './schema'

export interface PathText {
  /** Relative to labs/, such as paths/images-in-an-evening.yaml. */
  readonly file: string
  readonly text: string
}

export interface ParsedPath {
  /** Null when there are problems. */
  readonly path: LearningPath | null
  readonly problems: readonly FileProblem[]
}

export function parsePath({ file, text }: PathText): ParsedPath {
  const source = pathSource({ file, text })
  const { value, problems } = source.read()
  if (problems.length > 0) return { path: null, problems }
  const parsed = PathFile.safeParse(value)
  if (!parsed.success) return { path: null, problems: source.schemaProblems(parsed.error) }
  const id = (file.split('/').at(-1) ?? file).replace(/\.ya?ml$/, '')
  return { path: { id, ...parsed.data }, problems: [] }
}

export function pathSource({ file, text }: PathText): YamlSource {
  return new YamlSource(file, text, 'labs/README.md')
}
