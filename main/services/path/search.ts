/** Looks for words in labs, objectives, commands and questions that were seen: pure. */
import type { LoadedLab } from '../../../engine'
import type { CommandView, SearchHit } from '../../api'

/** A list that is longer than this helps nobody. */
const MOST_OF_A_KIND = 8
const LONGEST_TITLE = 160

export interface SeenQuestion {
  readonly id: string
  readonly stem: string
  readonly explanation: string
}

export interface Searched {
  readonly labs: readonly Pick<LoadedLab, 'id' | 'title' | 'summary' | 'steps' | 'objectives'>[]
  readonly objectives: readonly {
    readonly id: string
    readonly title: string
    readonly domain: string
    readonly asks: string
    readonly commands: readonly CommandView[]
  }[]
  /** Only questions whose answers this person has seen. */
  readonly questions: readonly SeenQuestion[]
}

interface Candidate extends SearchHit {
  /** Everything that is looked at. */
  readonly text: string
}

/** The hits that have all words, those with the words in their titles first. */
export function find(text: string, searched: Searched): SearchHit[] {
  const words = bare(text).split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const has = (haystack: string) => {
    const shown = bare(haystack)
    return words.every((word) => shown.includes(word))
  }
  const groups = [labsOf, stepsOf, objectivesOf, commandsOf, questionsOf, pagesOf].map((list) => {
    const hits = list(searched).filter((one) => has(`${one.title} ${one.text}`))
    const best = [...hits.filter(({ title }) => has(title)), ...hits.filter(({ title }) => !has(title))]
    return best.slice(0, MOST_OF_A_KIND)
  })
  return groups.flat().map(({ kind, title, detail, to }) => ({ kind, title, detail, to }))
}

/** Small letters, without the marks of code: people look for what a page shows. */
function bare(text: string): string {
  return text.toLowerCase().replaceAll('`', '')
}

function labsOf({ labs, objectives }: Searched): Candidate[] {
  return labs.map(({ id, title, summary, objectives: ids }) => {
    const words = objectives.filter((one) => ids.includes(one.id)).map((one) => `${one.id} ${one.title}`)
    return {
      kind: 'lab',
      title,
      detail: summary,
      to: `/labs/${id}`,
      text: `${id} ${summary} ${words.join(' ')}`,
    }
  })
}

function stepsOf({ labs }: Searched): Candidate[] {
  return labs.flatMap(({ id, title: lab, steps }) =>
    steps.map(({ title, markdown }, index) => ({
      kind: 'step' as const,
      title,
      detail: `Step ${index + 1} of “${lab}”`,
      to: `/labs/${id}`,
      text: markdown,
    })),
  )
}

function objectivesOf({ objectives }: Searched): Candidate[] {
  return objectives.map(({ id, title, domain, asks }) => ({
    kind: 'objective',
    title,
    detail: `${id} · ${domain}`,
    to: `/objectives/${id}`,
    text: `${id} ${asks}`,
  }))
}

function commandsOf({ objectives, labs }: Searched): Candidate[] {
  const ofSheets = objectives.flatMap(({ id, commands }) =>
    commands.map(({ command, does }) => ({
      kind: 'command' as const,
      title: command,
      detail: does,
      to: `/objectives/${id}`,
      text: does,
    })),
  )
  const ofLabs = labs.flatMap(({ id, title, steps }) =>
    steps.flatMap(({ markdown }) =>
      codeLines(markdown).map((line) => ({
        kind: 'command' as const,
        title: line,
        detail: `In the lab “${title}”`,
        to: `/labs/${id}`,
        text: '',
      })),
    ),
  )
  const seen = new Set<string>()
  return [...ofSheets, ...ofLabs].filter(({ title, to }) => {
    const key = `${title}\0${to}`
    return !seen.has(key) && seen.add(key)
  })
}

/** The lines of the code blocks of a text. */
function codeLines(markdown: string): string[] {
  return [...markdown.matchAll(/```[^\n]*\n([\s\S]*?)```/g)].flatMap(([, code = '']) =>
    code
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#')),
  )
}

function questionsOf({ questions }: Searched): Candidate[] {
  return questions.map(({ id, stem, explanation }) => ({
    kind: 'question',
    title: short(stem),
    detail: 'A question that you have seen',
    to: `/questions/${id}`,
    text: `${stem} ${explanation}`,
  }))
}

/** Pages that the header does not lead to. */
function pagesOf(): Candidate[] {
  return [
    {
      kind: 'page',
      title: 'Your own questions',
      detail: 'Import and export: Moodle, GIFT, Aiken, CSV, Anki, QTI',
      to: '/my-questions',
      text: 'import export moodle xml gift aiken csv anki qti teacher instructor my questions file folder',
    },
    {
      kind: 'page',
      title: 'Settings',
      detail: 'Theme, text size, engine, folder of your own questions',
      to: '/settings',
      text: 'preferences options theme engine doctor font',
    },
  ]
}

/** The first words of a stem, on one line. */
function short(stem: string): string {
  const line = stem
    .replace(/```[\s\S]*?```/g, ' … ')
    .replace(/\s+/g, ' ')
    .trim()
  return line.length <= LONGEST_TITLE ? line : `${line.slice(0, line.lastIndexOf(' ', LONGEST_TITLE))} …`
}
