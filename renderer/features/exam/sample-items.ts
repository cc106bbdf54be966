/** Items that show how the exam asks, one option at a time. They are not from the bank: nobody is examined by them. */

export interface SampleOption {
  readonly text: string
  readonly right: boolean
  /** Corrects the mistake behind a wrong option. */
  readonly why: string | null
}

export interface SampleItem {
  readonly stem: string
  /** In the order in which they are shown. The last ones are not always reached. */
  readonly options: readonly SampleOption[]
  readonly explanation: string
}

export const SAMPLE_ITEMS: readonly SampleItem[] = [
  {
    stem: 'You type `docker run nginx`. What is the new container made from?',
    options: [
      {
        text: 'A virtual machine with a kernel of its own',
        right: false,
        why: 'Containers share the kernel of their host.',
      },
      { text: 'The image `nginx`', right: true, why: null },
      {
        text: 'The source code of nginx, which Docker compiles',
        right: false,
        why: 'An image has the finished program in it.',
      },
    ],
    explanation:
      'This item has one right option. Once you have accepted it, the result is certain and the rest is not shown.',
  },
  {
    stem: 'Which of these does `docker ps` show of a container that runs?',
    options: [
      { text: 'The image that it was made from', right: true, why: null },
      { text: 'What its program has printed', right: false, why: 'That is `docker logs`.' },
      { text: 'Its name', right: true, why: null },
      { text: 'The Dockerfile of its image', right: false, why: 'An image does not keep the file.' },
    ],
    explanation:
      'This item has two right options. Nobody tells you how many there are: you judge each option by itself.',
  },
]
