/** The page of the person's own questions: their files, and the way of questions from other programs and to them. */
export { ExchangePage } from './exchange-page'
