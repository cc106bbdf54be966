/** The handlers of the whole contract: each part comes from its room, and the app's own parts are here. */
import type { appContract, Contract, Handlers, settingsContract } from '../../api'
import { watchRunning } from '../attempts'
import { examHandlers } from '../exams'
import { exchangeHandlers } from '../exchange'
import { handsOnHandlers } from '../hands-on'
import {
  fileHandlers,
  labHandlers,
  mapHandlers,
  playgroundHandlers,
  sessionHandlers,
  terminalHandlers,
} from '../labs'
import { marksHandlers } from '../marks'
import { pathHandlers } from '../path'
import { progressHandlers } from '../progress'
import { transferHandlers } from '../transfer'
import type { App } from './app'

export function createHandlers(app: App): Handlers<Contract> {
  const { labs, previews } = app
  const sessions = () => app.sessions()
  const parts = {
    app: appHandlers(app),
    labs: labHandlers(labs),
    sessions: sessionHandlers({ labs, previews, sessions }),
    playground: playgroundHandlers(sessions),
    terminals: terminalHandlers(app.terminals),
    files: fileHandlers(sessions),
    maps: mapHandlers(sessions),
    exams: examHandlers(() => app.exams()),
    handsOn: handsOnHandlers(() => app.handsOn()),
    path: pathHandlers(() => app.path()),
    progress: progressHandlers(() => app.progress()),
    marks: marksHandlers(() => app.marks()),
    transfer: transferHandlers(() => app.transfer()),
    exchange: exchangeHandlers(() => app.exchange()),
    settings: settingsHandlers(app),
  }
  return {
    calls: {
      ...parts.app.calls,
      ...parts.labs.calls,
      ...parts.sessions.calls,
      ...parts.playground.calls,
      ...parts.terminals.calls,
      ...parts.files.calls,
      ...parts.maps.calls,
      ...parts.exams.calls,
      ...parts.handsOn.calls,
      ...parts.path.calls,
      ...parts.progress.calls,
      ...parts.marks.calls,
      ...parts.transfer.calls,
      ...parts.exchange.calls,
      ...parts.settings.calls,
    },
    streams: {
      ...parts.app.streams,
      ...parts.labs.streams,
      ...parts.sessions.streams,
      ...parts.playground.streams,
      ...parts.terminals.streams,
      ...parts.maps.streams,
      ...parts.exams.streams,
      ...parts.handsOn.streams,
      'running.watch': async (_input, emit) => await watchRunning(await app.mayRun(), emit),
    },
  }
}

type AppPart = Pick<App, 'options' | 'setup'>

export function appHandlers({ options, setup }: AppPart): Handlers<typeof appContract> {
  return {
    calls: {
      'app.state': async () => ({
        version: options.version,
        desktop: options.desktop,
        platform: process.platform,
        dataFolder: options.store.folder,
        setup: setup.state.value,
      }),
      'app.doctor': async () => setup.doctor(),
      'setup.retry': async () => {
        void setup.run()
        return {}
      },
    },
    streams: {
      'setup.watch': (_input, emit) => setup.state.watch(emit),
      'notice.watch': (_input, emit) => options.notices.watch(emit),
    },
  }
}

type SettingsPart = Pick<App, 'options' | 'saveSettings' | 'askHostTerminal'>

export function settingsHandlers(app: SettingsPart): Handlers<typeof settingsContract> {
  return {
    calls: {
      'settings.get': async () => app.options.store.settings(),
      'settings.set': async (change) => await app.saveSettings(change),
      'settings.askHostTerminal': async ({ on }) => await app.askHostTerminal(on),
    },
    streams: {},
  }
}
