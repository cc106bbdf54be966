/** The images that nodes are made of: the node images, the course images, the templates, the mirror. */
export { courseImageNames, preloadedEverywhere } from './course'
export { DEFAULT_ENGINE, engineVersion, packagedVersions } from './engines'
export { type Mirror, serveCache } from './mirror'
export type { ForEngineOptions, NodeParts } from './node-parts'
export {
  type PreparedImages,
  type PrepareImagesOptions,
  prepareImages,
} from './prepare'
