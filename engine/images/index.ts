/** The images that nodes are made of: the node image, the course images, the template, the mirror. */
export { courseImageNames, preloadedEverywhere } from './course'
export { type Mirror, serveCache } from './mirror'
export { type PreparedImages, type PrepareImagesOptions, prepareImages } from './prepare'
