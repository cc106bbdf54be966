import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromHtml, fromPlain, toHtml, toPlain } from './markdown'

test.each([
  ['<p>Run <code>ps</code></p><p>a &lt; b &amp;&amp; c</p>', 'Run `ps`\n\na < b && c'],
  ['<p>docker run -it <image> sh</p>', 'docker run -it \\<image> sh'],
  ['<pre>FROM a\n  RUN b # x</pre>', '```\nFROM a\n  RUN b # x\n```'],
  ['<ul><li>one<li>two</ul>', '- one\n- two'],
  ['2<sup>3</sup>', '2^3'],
  ['&lt;container&gt;', '\\<container>'],
  ['a<br>b', 'a\\\nb'],
  ['caf&eacute; &#39;x&#39; &rsquo;', "café 'x' ’"],
  ['See <a href="https://docs.example.com">the docs</a>.', 'See [the docs](https://docs.example.com).'],
])('%j becomes %j', (html, text) => {
  expect(fromHtml(html)).toEqual({ text, lost: [] })
})

test('media leave their words, and are told', () => {
  expect(fromHtml('Which?<img src="@@PLUGINFILE@@/net.png" alt="two hosts"><script>x()</script>')).toEqual({
    text: 'Which?two hosts',
    lost: ['the picture net.png', 'a script'],
  })
})

test('what a plain text says is what Markdown shows of it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (raw) => {
      const text = raw.replace(/\s+/g, ' ').trim()
      expect(toPlain(fromPlain(text)).text).toBe(text)
    }),
    { numRuns: 500 },
  )
})

test('Markdown comes back from HTML', () => {
  const text = 'A `docker run` of **x**\n\n```\n  a\n```\n\n- one\n- two'
  expect(fromHtml(toHtml(text)).text).toBe(text)
})

test('two backticks do not end code that one has begun', () => {
  expect(toHtml('`a``a`')).toBe('<p><code>a``a</code></p>')
})

test('the short way to HTML gives what the long way gives', () => {
  const piece = fc.constantFrom(
    'a',
    'Zé',
    '7',
    ' ',
    ',',
    '.',
    '-',
    '(',
    ')',
    '`',
    '<',
    '&',
    '*',
    "'",
    '"',
    '?',
    ' - ',
    '1. ',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const text = pieces.join('')
      // A definition before a text in Markdown makes it one that is not simple, and changes nothing of it.
      expect(toHtml(text)).toBe(toHtml(`[x]: y\n\n${text}`))
    }),
    { numRuns: 1500 },
  )
})
