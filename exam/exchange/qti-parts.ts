/** Matchings and orderings of QTI: matchInteraction and orderInteraction. */
import { Refused } from './key'
import { type DraftAnswer, matchingOf, orderingOf } from './parts'
import type { Texts } from './texts'
import { elementsIn, htmlOf, textIn, type XmlElement } from './xml'

const NOTHING: ReadonlySet<string> = new Set()

/** @throws Refused where the item does not name one option for each prompt */
export function matchingIn(item: XmlElement, interaction: XmlElement, texts: Texts): DraftAnswer {
  const [lefts, rights] = elementsIn(interaction, 'simpleMatchSet').map((set) =>
    elementsIn(set, 'simpleAssociableChoice'),
  )
  if (!lefts || !rights) throw new Refused('This item has no two sets to match.', 'Export it again.')
  const textOf = (one: XmlElement) => texts.take(htmlOf(one.children, NOTHING), 'html')
  const options = new Map(rights.map((one) => [one.attributes.identifier ?? '', textOf(one)]))
  const partner = partners(item, interaction, new Set(options.keys()))
  const pairs = lefts.map((one) => {
    const right = partner(one.attributes.identifier ?? '')
    return { left: textOf(one), right: options.get(right) ?? '' }
  })
  return matchingOf(pairs, [...options.values()])
}

/** Tells the option of a prompt. Programs write the two of a pair in either order. */
function partners(
  item: XmlElement,
  interaction: XmlElement,
  options: ReadonlySet<string>,
): (prompt: string) => string {
  const pairs = responses(item, interaction).map((value) => value.split(/\s+/))
  return (prompt) => {
    const own = pairs.filter((pair) => pair.includes(prompt)).map(([a, b]) => (a === prompt ? b : a))
    const [only, second] = own
    if (only === undefined || second !== undefined || !options.has(only))
      throw new Refused(
        `"${prompt.slice(0, 40)}" has no partner, or several.`,
        'Give each part of the first set one of the second.',
      )
    return only
  }
}

/** @throws Refused where the item does not name the place of each entry */
export function orderingIn(item: XmlElement, interaction: XmlElement, texts: Texts): DraftAnswer {
  const choices = elementsIn(interaction, 'simpleChoice')
  const named = new Map(choices.map((one) => [one.attributes.identifier ?? '', one]))
  const order = responses(item, interaction)
  const isWhole = order.length === named.size && order.every((id) => named.has(id))
  if (!isWhole || new Set(order).size !== order.length)
    throw new Refused('This item does not say the place of each entry.', 'Give it a correct response.')
  const inOrder = order.flatMap((id) => named.get(id) ?? [])
  return orderingOf(inOrder.map(({ children }) => texts.take(htmlOf(children, NOTHING), 'html')))
}

/** The values of the correct response, in their order. */
function responses(item: XmlElement, interaction: XmlElement): string[] {
  const declaration = elementsIn(item, 'responseDeclaration').find(
    ({ attributes }) => attributes.identifier === interaction.attributes.responseIdentifier,
  )
  const [correct] = declaration ? elementsIn(declaration, 'correctResponse') : []
  return correct ? elementsIn(correct, 'value').map((value) => textIn(value).trim()) : []
}
