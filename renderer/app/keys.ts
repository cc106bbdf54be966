/** The keys of the app, by the pages on which they work. */

export interface KeyGroup {
  readonly title: string
  /** The addresses of the pages that have these keys. */
  readonly pages: RegExp
  readonly keys: readonly (readonly [keys: readonly string[], what: string])[]
}

export const KEY_GROUPS: readonly KeyGroup[] = [
  {
    title: 'Everywhere',
    pages: /^/,
    keys: [
      [['?'], 'these keys'],
      [['/'], 'search everything'],
      [['Ctrl', 'K'], 'search everything, also while you type'],
      [['F1'], 'these keys, also in a terminal and while you type'],
    ],
  },
  {
    title: 'Labs and tasks',
    pages: /^\/(labs|hands-on|playground)\/./,
    keys: [
      [['F6'], 'next pane: nodes, instructions, map, editor, terminals'],
      [['Shift', 'F6'], 'pane before'],
      [['Ctrl', 'Enter'], 'next step, when every check is green'],
      [['Ctrl', 'S'], 'save the file in the editor'],
      [['Ctrl', 'Shift', 'F'], 'search the terminal'],
      [['Ctrl', 'Shift', 'C'], 'copy from the terminal'],
      [['Ctrl', 'V'], 'paste into the terminal, as Ctrl + Shift + V'],
      [['Alt', '1 – 9'], 'tab of this number'],
      [['Ctrl', 'PgDn'], 'next tab, in the desktop app; Ctrl + PgUp: tab before'],
      [['F2'], 'rename the tab'],
      [['Ctrl', '+'], 'larger text in terminals and the editor; Ctrl + −: smaller; Ctrl + 0: as at first'],
    ],
  },
  {
    title: 'Exams and practice',
    pages: /^\/exam\/./,
    keys: [
      [['1 – 9'], 'choose an option, or take it back'],
      [['Y'], 'yes, this option is right'],
      [['N'], 'no, it is not'],
      [['→'], 'next item'],
      [['←'], 'item before'],
      [['F'], 'flag the item, or take the flag away'],
      [['Enter'], 'next item; in practice: check the answer, then next item'],
      [['I'], 'show or hide the list of items'],
      [['R'], 'review before the end'],
      [['T'], 'show or hide the time left'],
    ],
  },
]

/** The groups that matter on a page come first; the others follow. */
export function keysOn(page: string): {
  readonly here: readonly KeyGroup[]
  readonly elsewhere: readonly KeyGroup[]
} {
  const here = KEY_GROUPS.filter(({ pages }) => pages.test(page))
  return { here, elsewhere: KEY_GROUPS.filter((group) => !here.includes(group)) }
}
