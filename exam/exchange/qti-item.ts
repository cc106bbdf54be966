/**
 * One item of QTI 2.1, 2.2 or 3.0 (1EdTech, "Question and Test Interoperability"): choiceInteraction, matchInteraction
 * and orderInteraction.
 */
import { type Draft, type DraftOption, fromTags, kindOf, type ReadQuestion, refusedAt } from './draft'
import { Refused } from './key'
import { isMarkup } from './markup'
import type { DraftAnswer } from './parts'
import { matchingIn, orderingIn } from './qti-parts'
import { type Files, Texts } from './texts'
import { allIn, elementsIn, htmlOf, readXml, textIn, type XmlElement } from './xml'

export interface ItemFile {
  /** The name of the file in its package. */
  readonly path: string
  readonly text: string
  /** The words about it in the manifest of the package. */
  readonly words: readonly string[]
  /** The pictures of its package, by their paths from this file. */
  readonly files?: Files
}

/** Interactions that are no choice of ours. */
const OTHERS = new Set(
  `associate custom drawing extendedText gapMatch graphicAssociate graphicGapMatch graphicOrder hotspot hottext
  inlineChoice media portableCustom positionObject selectPoint slider textEntry upload`
    .split(/\s+/)
    .map((name) => `${name}Interaction`),
)
const CHOICE = new Set(['choiceInteraction', 'matchInteraction', 'orderInteraction'])
/** A button, which often asks for a hint. */
const BUTTON = 'endAttemptInteraction'
/** Values that are made up for each student: such a text is not whole in the file. */
const TEMPLATE = new Set(['templateDeclaration', 'templateProcessing'])
/** Files of QTI that hold no item of ours. */
const OTHER_FILES: Readonly<Record<string, string>> = {
  questestinterop: 'This is QTI 1.2, which is not read.',
  assessmentTest: 'This is a test of QTI without its items.',
  manifest: 'This is the manifest of a package without its items.',
}
/** Parts of a body that are no text of the question. */
const NO_TEXT = new Set([
  ...CHOICE,
  ...OTHERS,
  BUTTON,
  'catalogInfo',
  'rubricBlock',
  'feedbackBlock',
  'feedbackInline',
  'templateBlock',
])
/** The frame of a question, which may hold only pictures. */
const FRAME = new Set(['choiceInteraction', 'simpleChoice', 'prompt', 'contentBody'])
const NO_TEXT_BUT_CHOICE = new Set([...NO_TEXT].filter((name) => !CHOICE.has(name) && name !== BUTTON))
const FEEDBACK = new Set(['feedbackInline', 'feedbackBlock'])

/** @param line the line for problems: a package has none @throws Refused for an item that is broken */
export function readQtiItem({ path, text, words, files }: ItemFile, line: number): ReadQuestion {
  const item = readXml(text)
  if (item.name !== 'assessmentItem')
    throw new Refused(
      OTHER_FILES[item.name] ?? 'This is no item of QTI.',
      'Export a package of QTI 2.1, 2.2 or 3.0.',
    )
  const [body] = elementsIn(item, 'itemBody')
  if (!body) throw new Refused('This item has no body.', 'Export it again.')
  const [choice, second] = allIn(body, CHOICE)
  const [other] = allIn(body, OTHERS)
  if (!choice || second || other) {
    const kind = other?.name ?? (second ? 'several interactions in one item' : 'no interaction')
    const message = `An item with ${kind} has no options to choose from.`
    return refusedAt(path, line, {
      message,
      help: 'Left out; rewrite it as multiple choice.',
      severity: 'warning',
    })
  }
  if (allIn(item, TEMPLATE).length > 0)
    return refusedAt(path, line, {
      message: 'An item with values of a template has no text of its own.',
      help: 'Left out; write one question for each value.',
      severity: 'warning',
    })
  const texts = new Texts(files)
  for (const name of strangeIn(body)) texts.lose(`the element ${name}`)
  const answer = answerOf(item, choice, texts)
  const [prompt] = elementsIn(choice, 'prompt')
  const html = [
    htmlOf(body.children, NO_TEXT),
    prompt ? `<div>${htmlOf(prompt.children, NO_TEXT)}</div>` : '',
  ]
  const draft: Draft = {
    line,
    id: item.attributes.identifier ?? null,
    ...answer,
    stem: texts.take(html.join(''), 'html'),
    explanation: explanationOf(item, texts),
    ...fromTags(words),
    category: null,
    lost: texts.lost,
    pictures: texts.pictures,
  }
  return { draft, problems: [] }
}

/** Elements of a body that have no text to keep, and are neither HTML nor the frame of a question. */
function strangeIn(body: XmlElement): string[] {
  return body.children.flatMap((child) => {
    if (typeof child === 'string' || NO_TEXT_BUT_CHOICE.has(child.name)) return []
    if (child.name === BUTTON) return ['for a hint']
    if (child.name === 'math') return []
    const isKnown = FRAME.has(child.name) || isMarkup(child.name)
    const isStrange = !isKnown && textIn(child).trim() === ''
    return isStrange ? [child.name.slice(0, 40)] : strangeIn(child)
  })
}

function answerOf(item: XmlElement, interaction: XmlElement, texts: Texts): DraftAnswer {
  if (interaction.name === 'matchInteraction') return matchingIn(item, interaction, texts)
  if (interaction.name === 'orderInteraction') return orderingIn(item, interaction, texts)
  const options = optionsOf(item, interaction, texts)
  return { kind: kindOf(options), options }
}

function optionsOf(item: XmlElement, choice: XmlElement, texts: Texts): DraftOption[] {
  const choices = elementsIn(choice, 'simpleChoice')
  const right = keyOf(item, choice, texts)
  const missing = [...right].find((id) => !choices.some(({ attributes }) => attributes.identifier === id))
  if (missing !== undefined)
    throw new Refused(`There is no choice "${missing.slice(0, 40)}".`, 'Correct the response.')
  const shown = texts.takeDifferent(
    choices.map(({ children }) => ({ text: htmlOf(children, FEEDBACK), format: 'html' })),
  )
  return choices.map((one, index) => {
    const feedback = allIn(one, FEEDBACK).map(({ children }) => htmlOf(children, new Set()))
    return {
      text: shown[index] ?? '',
      right: right.has(one.attributes.identifier ?? ''),
      why: texts.take(feedback.join('<br>'), 'html') || null,
    }
  })
}

/** The identifiers of what is right. @throws Refused where none is named */
function keyOf(item: XmlElement, choice: XmlElement, texts: Texts): ReadonlySet<string> {
  const { responseIdentifier } = choice.attributes
  const declaration = elementsIn(item, 'responseDeclaration').find(
    ({ attributes }) => attributes.identifier === responseIdentifier,
  )
  const [correct] = declaration ? elementsIn(declaration, 'correctResponse') : []
  const values = correct ? elementsIn(correct, 'value').map((value) => textIn(value).trim()) : []
  const points = declaration ? pointsIn(declaration) : []
  if (values.length > 0) {
    const isPlain = points.every(([id, share]) => values.includes(id) === share > 0)
    if (!isPlain) texts.lose('points of options that are not right')
    return new Set(values)
  }
  const positive = points.filter(([, share]) => share > 0)
  const most = Math.max(...positive.map(([, share]) => share))
  const isSingle = declaration?.attributes.cardinality !== 'multiple'
  const key = positive.filter(([, share]) => !isSingle || share === most).map(([id]) => id)
  if (key.length === 0)
    throw new Refused('This item does not say what is right.', 'Give it a correct response.')
  if (key.length < positive.length) texts.lose('points of options that are not right')
  return new Set(key)
}

/** The points that a mapping gives, by choice. */
function pointsIn(declaration: XmlElement): readonly (readonly [string, number])[] {
  const [mapping] = elementsIn(declaration, 'mapping')
  const entries = mapping ? elementsIn(mapping, 'mapEntry') : []
  return entries.map(({ attributes }) => [attributes.mapKey ?? '', Number(attributes.mappedValue)])
}

/** The feedback for the whole answer. What is only shown after a certain answer is kept too, as it is said of the question. */
function explanationOf(item: XmlElement, texts: Texts): string | null {
  const all = elementsIn(item, 'modalFeedback').map(({ children }) =>
    texts.take(htmlOf(children, new Set()), 'html'),
  )
  const own = [...new Set(all.filter((text) => text !== ''))]
  return own.join('\n\n') || null
}
