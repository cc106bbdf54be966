/** The page of an objective. */
export { ObjectivePage } from './objective-page'
