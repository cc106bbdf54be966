/** The calls of exams: each finds the service, which may still have to read the questions. */
import type { examContract, Handlers } from '../../api'
import type { ExamsService } from './exams'

export function examHandlers(exams: () => Promise<ExamsService>): Handlers<typeof examContract> {
  return {
    calls: {
      'exam.blueprint': async () => (await exams()).blueprint(),
      'exam.list': async () => await (await exams()).list(),
      'exam.start': async (wish) => ({ attemptId: await (await exams()).start(wish) }),
      'exam.retry': async ({ attemptId, what }) => ({
        attemptId: await (await exams()).retry(attemptId, what),
      }),
      'exam.move': async ({ attemptId, item }) =>
        await (await exams()).apply(attemptId, { kind: 'moved', item }),
      'exam.choose': async ({ attemptId, item, options }) =>
        await (await exams()).answer(attemptId, { kind: 'chose', item, options }),
      'exam.decide': async ({ attemptId, item, option, yes }) =>
        await (await exams()).answer(attemptId, { kind: 'decided', item, option, yes }),
      'exam.flag': async ({ attemptId, item, on }) =>
        await (await exams()).apply(attemptId, { kind: 'flagged', item, on }),
      'exam.reveal': async ({ attemptId, item }) =>
        await (await exams()).apply(attemptId, { kind: 'revealed', item }),
      'exam.takeNode': async ({ attemptId, item }) => await (await exams()).takeNode(attemptId, item),
      'exam.leaveNode': async ({ attemptId, item }) => await (await exams()).leaveNode(attemptId, item),
      'exam.judge': async ({ attemptId, item }) => await (await exams()).judge(attemptId, item),
      'exam.end': async ({ attemptId }) =>
        await (await exams()).apply(attemptId, { kind: 'ended', by: 'candidate' }),
      'exam.remove': async ({ attemptId }) => {
        await (await exams()).remove(attemptId)
        return {}
      },
      'exam.result': async ({ attemptId }) => await (await exams()).result(attemptId),
    },
    streams: {
      'exam.watch': async ({ attemptId }, emit) => await (await exams()).watch(attemptId, emit),
    },
  }
}
