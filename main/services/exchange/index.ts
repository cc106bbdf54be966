/** The person's own questions, and the way of questions from other programs and to them. */
export { ExchangeService } from './exchange'
export { carriedPictures, lostParts } from './exports'
export { exchangeHandlers } from './handlers'
