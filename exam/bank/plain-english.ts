/** Words that many readers of technical English do not know, or know with another meaning, and what to write. */

export interface Unplain {
  readonly words: RegExp
  readonly instead: string
}

const row = (words: string, instead: string): Unplain => ({
  words: new RegExp(`\\b(?:${words})(?!\\w)`, 'i'),
  instead,
})

/** The exam is read in a hurry, and often in a foreign language. */
export const UNPLAIN: readonly Unplain[] = [
  row('shall', 'must, should or will'),
  row('stands? (?:written|in|on|at|for|below|above|where|there|alone)', 'is, is written, is listed or means'),
  row('anew', 'again'),
  row('heeds?|heeded', 'uses, respects or follows'),
  row('wish|wishes|wished', 'desired state, or want'),
  row('borne', 'carried or accepted'),
  row('by themselves', 'automatically, or without help'),
  // "In the namespace of its own pod" is plain; "a network of its own" is not.
  row(
    'of (?:its|their|his) own(?=[ \\n]?(?:[.,;:?!)]|$|(?:and|or|on|in|at|that|which|with|for|to|is|are|instead)\\b))',
    'its own, or separate',
  ),
  row('unless told(?: otherwise)?', 'by default'),
  row('nought', 'zero'),
  row('for want of', 'because … is missing'),
  row('(?:comes?|came) of (?:it|this|that)', 'is the result'),
  row('surely', 'certainly, or nothing'),
  row('rightly', 'correctly'),
  row('mend|mends|mended|mending', 'correct, repair or solve'),
  row('dialled|dials', 'connected to'),
  row('ought', 'should'),
  row('hence|thereby|wherein|whither|forthwith|lest|whilst|therein|thereof', 'so, which, in which or while'),
  row('befalls?|befell', 'happens to'),
  row('burnt(?: down)?', 'lost or destroyed'),
  row('brings? (?:it|this|that) about|bring about', 'causes'),
  row('sees? to it', 'achieves this'),
  row('once for all', 'for all at once'),
  row('keeps? to', 'respects or follows'),
  row('learns? of', 'is informed about'),
  row('save for', 'except'),
  row(
    'holds? (?:true|good)|(?:it|this|that|which|what|answer) holds(?= (?:for|if|when|where|only|on|since|until)\\b|[.,;:?])',
    'is true, or applies',
  ),
  row('lies? (?:in|on|at|below|under|outside|there|where)', 'is, or is stored'),
  {
    // One blank: more of them are left where code was, as in "bridge for one host, `overlay` for a swarm".
    words: /,[ \n]for (?:the|an?|no|it|they|there|then|nobody|nothing|this|these|without|its|such|only)\b/i,
    instead: 'because',
  },
]
