import { describe, expect, test } from 'vitest'
import { type Draft, lint, messages, quoted } from './lint.test-kit'

const NO_PROOF = '  unprovable: "definition: No."'
const more = (...lines: string[]) => [NO_PROOF, ...lines].map((line) => `  ${line.trim()}`).join('\n')
const proof = (...steps: string[]) => ['  proof:', ...steps.map((step) => `    - ${step}`)].join('\n')
const output = (text: string) => more(`exhibits: [{ kind: output, text: ${quoted(text)} }]`)

describe('a cue', () => {
  const asked: Draft = {
    id: 'net-key',
    options: ['*`docker network connect --alias db app web`', '`docker ps`'],
  }
  const prints = (text: string, rest = ''): Draft => ({
    id: 'net-prints',
    stem: 'Who is there?',
    more: `${output(text)}\n${rest}`,
  })

  test('is found where another item prints the command of a key, whatever the names are', () => {
    const found = messages(asked, prints('$ docker network connect --alias api site shop'))
    expect(found).toEqual([
      expect.stringMatching(/^"net-prints" prints `.*`, which is in the key of "net-key"/),
    ])
  })

  test('is found in the title of an exhibit', () => {
    const titled = more('exhibits: [{ kind: output, title: "tail /etc/docker/daemon.json", text: x }]')
    const key: Draft = { id: 'net-key', options: ['*`/etc/docker/daemon.json`', '`/etc/hosts`'] }
    expect(messages(key, { id: 'net-prints', more: titled })).toEqual([
      expect.stringContaining('prints `/etc/docker/daemon.json`'),
    ])
  })

  test.each<[string, Draft, Draft]>([
    ['another command', asked, prints('docker network disconnect app web')],
    ['an enemy', asked, prints('docker network connect --alias db app web', '  enemies: [net-key]')],
    [
      'a pair that was compared',
      asked,
      prints('docker network connect --alias db app web', '  distinct: [net-key]'),
    ],
    [
      'code that a wrong option has too',
      { id: 'net-key', options: ['*See `/etc/docker/daemon.json`', 'Remove `/etc/docker/daemon.json`'] },
      prints('/etc/docker/daemon.json'),
    ],
  ])('is not %s', (_what, one, other) => {
    expect(messages(one, other).filter((message) => message.includes('prints'))).toEqual([])
  })
})

describe('twins', () => {
  const one: Draft = {
    id: 'net-one',
    stem: 'Which ports must be open between the nodes of a swarm?',
    options: ['*2377, 7946 and 4789', '80 and 443'],
    explanation: 'Managers use 2377, gossip uses 7946, overlay traffic uses 4789.',
  }
  const two: Draft = {
    id: 'ins-two',
    file: 'installation/two.yaml',
    stem: 'A firewall separates two nodes of a swarm. What must it let through?',
    options: ['*2377, 7946 and 4789', '2375'],
    explanation: '2377 is for managers, 7946 for gossip and 4789 for overlay traffic.',
    more: NO_PROOF,
  }
  const twins = (...drafts: Draft[]) => messages(...drafts).filter((message) => message.includes('same fact'))

  test('are found in two domains, although they share few words of the stem', () => {
    expect(twins(one, two)).toEqual(['This may ask for the same fact as "net-one".'])
  })

  test.each<[string, Draft]>([
    ['enemies', { ...two, more: more('enemies: [net-one]') }],
    ['items that were compared', { ...two, more: more('distinct: [net-one]') }],
    [
      'items about something else',
      {
        ...two,
        stem: 'Who reads the log?',
        options: ['*The driver', 'Nobody'],
        explanation: 'It has a driver.',
      },
    ],
  ])('are not %s', (_what, other) => {
    expect(twins(one, other)).toEqual([])
  })

  test('that were told apart may become a little less alike', () => {
    const other = {
      ...two,
      options: ['*2377 and 4789', '2375'],
      explanation:
        'Docker uses the first for the managers and the second for the tasks, and refuses both for clients.',
    }
    expect(twins(one, other)).toEqual([])
    expect(
      messages(one, { ...other, more: more('distinct: [net-one]') }).filter((message) =>
        message.includes('any more'),
      ),
    ).toEqual([])
  })

  test('that were told apart must still be there and alike', () => {
    const other = {
      ...two,
      stem: 'Who reads the log?',
      options: ['*The driver', 'Nobody'],
      explanation: 'Yes.',
    }
    expect(messages(one, { ...other, more: more('distinct: [net-one, net-gone]') })).toEqual(
      expect.arrayContaining(['There is no item "net-gone".', '"net-one" is not like this item any more.']),
    )
  })
})

const ECHO = 'swarm is locked, use "docker swarm unlock"'
const OPTIONS = ['*`docker swarm unlock`', '`docker swarm leave`']

test.each<[string, Draft, RegExp]>([
  [
    'an output that prints the key',
    { options: OPTIONS, more: output(ECHO) },
    /prints what only the key says: unlock/,
  ],
  [
    'an output that prints three words of the key',
    {
      options: ['*The folder does not exist there', 'The folder is full'],
      more: output('error: source path does not exist: /srv'),
    },
    /prints what only the key says: does not exist/,
  ],
  ['a superlative', { stem: 'Which is the best change?' }, /"best" compares the options/],
  ['a question for what to do first', { stem: 'What do you look at first?' }, /"look at first" compares/],
  ['a word that is no exam English', { stem: 'What shall run?' }, /^"shall" is no plain exam English/],
  ['"for" that means because', { explanation: 'It fails, for the port is taken.' }, /^"for the" is no plain/],
  ['"of its own" without a word after it', { explanation: 'It has a network of its own.' }, /^"of its own"/],
  ['a reason that is not from the list', { more: '  unprovable: Nobody knows.' }, /not from the list/],
  ['a root page as the source', { source: 'docs.mirantis.com/mke' }, /is a root page/],
  [
    'a wrong count of lines',
    { explanation: 'The second line, `RUN b`, is slow.', more: output('FROM a\nENV x=1\nRUN b') },
    /^The second line of the exhibit/,
  ],
])('%s is found', (_what, draft, message) => {
  expect(messages(draft)).toEqual([expect.stringMatching(message)])
})

test.each<[string, Draft]>([
  [
    'an output that a wrong option repeats too',
    { options: [OPTIONS[0] ?? '', '`docker swarm unlock --force`'], more: output(ECHO) },
  ],
  [
    'at least, at best and least privilege',
    { stem: 'At least two at best? What does least privilege mean?' },
  ],
  ['the first of a sequence', { stem: 'What does the first manager do?' }],
  ['a banned word in code', { stem: 'What does `shall` print?' }],
  ['"for" with a purpose', { explanation: 'It has a port, for example 80, for use by others.' }],
  ['"for" after code in a list', { explanation: '`bridge` is for one host, `overlay` for a swarm.' }],
  ['"of its own" before a noun', { explanation: 'A pod uses the secrets of its own namespace.' }],
  ['a reason from the list', { more: '  unprovable: "network: It asks Docker Hub."' }],
  ['a page of the same site', { source: 'docs.mirantis.com/mke/3.7/ops/backup.html' }],
  [
    'a right count of lines',
    { explanation: 'The third line, `RUN b`, is slow.', more: output('FROM a\nENV x=1\nRUN b') },
  ],
])('%s is not', (_what, draft) => {
  expect(messages(draft)).toEqual([])
})

test('a why that two options share is found, with its line', () => {
  const options = ['*aa', 'bb', 'cc']
  expect(messages({ options })).toEqual([])
  const { problems } = lint({ options, sameWhy: true })
  expect(problems).toMatchObject([{ message: 'Another option of this item has the same why.', line: 9 }])
})

describe('a proof', () => {
  const command = (key: string, ...steps: string[]) =>
    messages({ options: [`*\`${key}\``, '`docker ps`'], more: proof(...steps) })

  test.each<[string, string, string]>([
    ['the key itself', 'docker rm -f web', '{ run: docker rm -f web, expect: web }'],
    ['the key with other names', 'docker rm -f web', '{ run: docker rm -f c1, expect: c1 }'],
    [
      'the key in a longer script',
      'docker service logs web',
      '{ run: "x=1; timeout 3 docker service logs api | grep y" }',
    ],
  ])('may run %s', (_what, key, step) => {
    expect(command(key, step)).toEqual([])
  })

  test('that runs another command than the key is found', () => {
    expect(command('docker rm -f web', '{ run: docker rm web }')).toEqual([
      'No step runs the key `docker rm -f web`.',
    ])
    expect(command('docker node promote w', '{ run: docker node update --role manager w }')).toHaveLength(1)
  })

  test('needs no command for a key in words', () => {
    expect(messages({ more: proof('{ run: docker info }') })).toEqual([])
  })

  test.each<[string, string, string | null]>([
    ['any output', '{ run: ls, expect: /./ }', 'This step accepts any output.'],
    ['some output', '{ run: ls, expect: /x/ }', null],
    ['any failure', '{ run: ls, expect: { exit: "!= 0" } }', 'This step accepts any failure.'],
    ['any other code', '{ run: ls, expect: { exit: { not: 0 } } }', 'This step accepts any failure.'],
    ['a failure with its words', '{ run: ls, expect: { exit: "!= 0", stderr: /no/ } }', null],
    ['a failure with its code', '{ run: ls, expect: { exit: 125 } }', null],
    ['help alone', '{ run: docker ps --help }', 'This step only shows that there is a help text.'],
    ['a line of the help', '{ run: docker ps --help, expect: /--all/ }', null],
    ['an end that cannot fail', '{ run: "docker ps || true" }', 'The last step cannot fail.'],
    ['such a step with an expectation', '{ run: "docker ps || true", expect: "" }', null],
  ])('with %s', (_what, step, message) => {
    expect(messages({ more: proof(step) })).toEqual(message === null ? [] : [message])
  })

  test('on several nodes is read too', () => {
    const nodes =
      '  proof:\n    nodes: { a: {} }\n    steps:\n      - { run: ls }\n      - { run: ls, expect: /./ }'
    const [problem] = lint({ more: nodes }).problems
    expect(problem).toMatchObject({ message: 'This step accepts any output.', line: 15 })
  })
})

describe('a template', () => {
  const template = (rest: string[], options = ['*{n} all', '{n} none']): Draft => ({
    id: 'template-one',
    stem: 'How many of {n}?',
    options,
    more: ['  parameters: { n: [4, 5] }', ...rest].join('\n'),
  })

  test('with a proof that no parameter reaches is found', () => {
    expect(messages(template([proof('{ run: echo 4 | grep 4 }')]))).toEqual([
      expect.stringContaining('uses no parameter'),
    ])
    expect(messages(template([proof('{ run: "echo {n} | grep 4" }')]))).toEqual([])
  })

  test('with a value that nothing uses is found', () => {
    const computed = (formulas: string) => messages(template([NO_PROOF, `  compute: { ${formulas} }`]))
    expect(computed('more: "n + `1`"')).toEqual(['Nothing uses "more".'])
    const options = ['*{n}', '{twice}']
    const rest = [NO_PROOF, '  compute: { more: "n + `1`", twice: "more * `2`" }']
    expect(messages(template(rest, options))).toEqual([])
  })

  test('whose distractor is the key in one combination is found, with its formula', () => {
    const rest = [NO_PROOF, '  compute: { half: "n - `4` + `4`", other: "`4`" }']
    expect(messages(template(rest, ['*{half}', '{other}']))).toEqual([
      expect.stringMatching(
        /1 combinations are left out.* template-one\.4 is one, with "\{half\}" \(half is n - `4` \+ `4`\) and "\{other\}" \(other is `4`\)\.$/,
      ),
    ])
  })
})

test('multiples that always have the same number of keys are found, from ten items on', () => {
  const multiples = (count: number, odd: number) =>
    Array.from(
      { length: count },
      (_one, index): Draft => ({
        id: `net-item-${index}`,
        kind: 'multiple',
        stem: `Question number${index}?`,
        options: ['*aa', 'bb', index < odd ? '*cc' : 'cc', '*dd'],
      }),
    )
  const found = (count: number, odd: number) =>
    lint(...multiples(count, odd))
      .findings.map(({ message }) => message)
      .filter((message) => message.includes('multiples'))
  expect(found(10, 1)).toEqual(['9 of 10 multiples with 4 options have 2 keys.'])
  expect(found(10, 2)).toEqual([])
  expect(found(9, 0)).toEqual([])
})
