/** The student's way: paths of labs, objectives in words, the placement test, and search. */
export { loadPathFiles, type PathFiles, readPathTexts } from './files'
export { pathHandlers } from './handlers'
export { type PathOptions, PathService } from './path'
