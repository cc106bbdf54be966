/** The problems of the paths that ship, for `capstan lab lint`. */
import { type LabProblem, type LabResult, resourcesFolder } from '../../engine'
import { lintPaths } from '../../exam'
import { loadBlueprint, readHandsOn, readPathTexts } from '../services'

/** @param results all labs that ship @throws CapstanError `bad-input` when the blueprint is broken */
export async function pathProblems(results: readonly LabResult[]): Promise<LabProblem[]> {
  const resources = resourcesFolder()
  const { paths } = await readPathTexts(resources)
  const handsOn = await readHandsOn(resources)
  return lintPaths(paths, {
    labs: results.flatMap(({ lab }) => (lab?.kind === 'lab' ? lab : [])),
    handsOn: handsOn.map(({ file }) => (file.split(/[\\/]/).at(-1) ?? file).replace(/\.yaml$/, '')),
    blueprint: await loadBlueprint(resources),
  })
}
