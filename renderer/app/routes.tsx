/** The page for each address. */
import { lazy, Suspense, useEffect } from 'react'
import { Link, Route, Switch, useLocation } from 'wouter'
import { Loading, PageTitle } from '../components'
import { HomePage } from '../features/home'

const catalogue = () => import('../features/catalogue')
const lab = () => import('../features/lab')
const objective = () => import('../features/objective')
const path = () => import('../features/path')
const exam = () => import('../features/exam')
const exchange = () => import('../features/exchange')
const handsOn = () => import('../features/hands-on')
const playground = () => import('../features/playground')
const practice = () => import('../features/practice')
const progress = () => import('../features/progress')
const settings = () => import('../features/settings')

/** The first page comes alone. The others come when they are opened, and the most likely one meanwhile. */
const CataloguePage = lazy(async () => ({ default: (await catalogue()).CataloguePage }))
const ObjectivePage = lazy(async () => ({ default: (await objective()).ObjectivePage }))
const PathsPage = lazy(async () => ({ default: (await path()).PathsPage }))
const LabPage = lazy(async () => ({ default: (await lab()).LabPage }))
const ExamPage = lazy(async () => ({ default: (await exam()).ExamPage }))
const AttemptPage = lazy(async () => ({ default: (await exam()).AttemptPage }))
const QuestionsPage = lazy(async () => ({ default: (await exam()).QuestionsPage }))
const TryPage = lazy(async () => ({ default: (await exam()).TryPage }))
const ResultPage = lazy(async () => ({ default: (await exam()).ResultPage }))
const ExchangePage = lazy(async () => ({ default: (await exchange()).ExchangePage }))
const HandsOnPage = lazy(async () => ({ default: (await handsOn()).HandsOnPage }))
const HandsOnAttemptPage = lazy(async () => ({ default: (await handsOn()).HandsOnAttemptPage }))
const PlaygroundPage = lazy(async () => ({ default: (await playground()).PlaygroundPage }))
const PlaygroundBenchPage = lazy(async () => ({ default: (await playground()).PlaygroundBenchPage }))
const PracticePage = lazy(async () => ({ default: (await practice()).PracticePage }))
const ProgressPage = lazy(async () => ({ default: (await progress()).ProgressPage }))
const ItemsPage = lazy(async () => ({ default: (await progress()).ItemsPage }))
const SettingsPage = lazy(async () => ({ default: (await settings()).SettingsPage }))

/** What a link asks for stands in the address, behind the route. */
const PLAYGROUND_LINK = /^\/playground\/?\?(?<query>.*)$/s

/** A page that cannot be fetched now is fetched again when it is opened, and says then what is wrong. */
function useLabPageSoon() {
  useEffect(() => {
    const fetching = requestIdleCallback(() => void lab().catch(() => undefined))
    return () => cancelIdleCallback(fetching)
  }, [])
}

/** Labs and attempts have keys, so that the page of another one starts with fresh state. */
export function Routes() {
  useLabPageSoon()
  return (
    <Suspense fallback={<Loading what="the page" />}>
      <Switch>
        <Route path="/" component={HomePage} />
        <Route path="/labs" component={CataloguePage} />
        <Route path="/labs/:labId">{({ labId }) => <LabPage key={labId} labId={labId} />}</Route>
        <Route path="/paths" component={PathsPage} />
        <Route path="/objectives/:objectiveId">
          {({ objectiveId }) => <ObjectivePage key={objectiveId} objectiveId={objectiveId} />}
        </Route>
        <Route path="/exam" component={ExamPage} />
        <Route path="/exam-format" component={TryPage} />
        <Route path="/exam/:attemptId">
          {({ attemptId }) => <AttemptPage key={attemptId} attemptId={attemptId} />}
        </Route>
        <Route path="/exam/:attemptId/result">
          {({ attemptId }) => <ResultPage key={attemptId} attemptId={attemptId} />}
        </Route>
        <Route path="/playground">
          <PlaygroundPage />
        </Route>
        <Route path={PLAYGROUND_LINK}>{({ query }) => <PlaygroundPage query={query ?? ''} />}</Route>
        <Route path="/playground/:sessionId">
          {({ sessionId }) => <PlaygroundBenchPage key={sessionId} sessionId={sessionId} />}
        </Route>
        <Route path="/questions/:itemId?">
          {({ itemId }) => <QuestionsPage key={itemId} itemId={itemId} />}
        </Route>
        <Route path="/practice/:domainId?">
          {({ domainId }) => <PracticePage key={domainId} domainId={domainId} />}
        </Route>
        <Route path="/my-questions" component={ExchangePage} />
        <Route path="/hands-on" component={HandsOnPage} />
        <Route path="/hands-on/:attemptId">
          {({ attemptId }) => <HandsOnAttemptPage key={attemptId} attemptId={attemptId} />}
        </Route>
        <Route path="/progress" component={ProgressPage} />
        <Route path="/progress/items" component={ItemsPage} />
        <Route path="/settings" component={SettingsPage} />
        <Route component={NotFound} />
      </Switch>
    </Suspense>
  )
}

function NotFound() {
  const [location] = useLocation()
  return (
    <main id="main" className="page not-found">
      <PageTitle title="There is no such page" />
      <p>
        The address <code>{location}</code> leads nowhere. The link may be from another version of Capstan.
      </p>
      <Link href="/">Go to the first page</Link>
    </main>
  )
}
