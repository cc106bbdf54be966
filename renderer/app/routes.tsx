/** The page for each address. */
import { Link, Route, Switch } from 'wouter'
import { CataloguePage } from '../features/catalogue'
import { AttemptPage, ExamPage, ResultPage } from '../features/exam'
import { HandsOnAttemptPage, HandsOnPage } from '../features/hands-on'
import { LabPage } from '../features/lab'
import { PracticePage } from '../features/practice'
import { ItemsPage, ProgressPage } from '../features/progress'
import { SettingsPage } from '../features/settings'

/** Labs and attempts have keys, so that the page of another one starts with fresh state. */
export function Routes() {
  return (
    <Switch>
      <Route path="/" component={CataloguePage} />
      <Route path="/labs/:labId">{({ labId }) => <LabPage key={labId} labId={labId} />}</Route>
      <Route path="/exam" component={ExamPage} />
      <Route path="/exam/:attemptId">
        {({ attemptId }) => <AttemptPage key={attemptId} attemptId={attemptId} />}
      </Route>
      <Route path="/exam/:attemptId/result">
        {({ attemptId }) => <ResultPage key={attemptId} attemptId={attemptId} />}
      </Route>
      <Route path="/practice" component={PracticePage} />
      <Route path="/hands-on" component={HandsOnPage} />
      <Route path="/hands-on/:attemptId">
        {({ attemptId }) => <HandsOnAttemptPage key={attemptId} attemptId={attemptId} />}
      </Route>
      <Route path="/progress" component={ProgressPage} />
      <Route path="/progress/items" component={ItemsPage} />
      <Route path="/settings" component={SettingsPage} />
      <Route component={NotFound} />
    </Switch>
  )
}

function NotFound() {
  return (
    <main id="main" className="page">
      <h1>There is nothing here</h1>
      <Link href="/">Go to the labs</Link>
    </main>
  )
}
