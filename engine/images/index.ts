/** What nodes are made of: the node image, the course images, the template they are cloned from. */
export { courseImageNames, preloadedEverywhere } from './course'
export { type Mirror, serveCache } from './mirror'
export { type PreparedImages, type PrepareImagesOptions, prepareImages } from './prepare'
