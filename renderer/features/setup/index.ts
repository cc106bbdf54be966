/** The first run, while Capstan prepares itself. */
export { SetupPage } from './setup-page'
