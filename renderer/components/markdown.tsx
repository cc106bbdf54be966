/** Shows Markdown without HTML. Code blocks can be copied, and run where a page can run them. */
import { Check, Copy, Play } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import rehypeSanitize from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import { Button } from './button'
import { useClock } from './clock'
import { type Fence, readFence } from './fence'
import { IconButton } from './icon-button'
import { isTooIntricate } from './markdown-limits'
import './markdown.css'

export type RunCode = (code: string, node: string | null) => void

interface Props {
  readonly text: string
  /** Runs the code of a shell block. Without it, blocks have no Run button. */
  readonly onRun?: RunCode | undefined
  /** The code is only read, so it has no buttons. */
  readonly plain?: boolean
}

export function Markdown({ text, onRun, plain = false }: Props) {
  if (isTooIntricate(text)) return <pre className="markdown plain-code">{text}</pre>
  const components: Components = {
    pre: ({ children, node }) => {
      const [code] = node?.children ?? []
      if (plain) return <pre className="plain-code">{children}</pre>
      if (code?.type !== 'element') return <pre>{children}</pre>
      const meta = code.data && 'meta' in code.data ? String(code.data.meta ?? '') : ''
      const classes = Array.isArray(code.properties.className) ? code.properties.className.join(' ') : ''
      const source = code.children.map((child) => ('value' in child ? child.value : '')).join('')
      return (
        <CodeBlock
          fence={readFence(/language-(\S+)/.exec(classes)?.[1] ?? '', meta)}
          source={source}
          onRun={onRun}
        />
      )
    },
    a: ({ children, href }) => <OutsideLink href={href}>{children}</OutsideLink>,
  }
  return (
    <div className="markdown">
      <ReactMarkdown remarkPlugins={[remarkGfm]} rehypePlugins={[rehypeSanitize]} components={components}>
        {text}
      </ReactMarkdown>
    </div>
  )
}

/** Links to web addresses open outside of the app. Any other link is shown as text. */
function OutsideLink({
  href,
  children,
}: {
  readonly href?: string | undefined
  readonly children?: ReactNode
}) {
  if (!href || !/^https?:\/\//.test(href)) return <span>{children}</span>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  )
}

/** How long a copy is confirmed. */
const COPIED_MS = 1500

interface CodeBlockProps {
  readonly fence: Fence
  readonly source: string
  readonly onRun?: RunCode | undefined
}

export function CodeBlock({ fence, source, onRun }: CodeBlockProps) {
  const clock = useClock()
  const [copied, setCopied] = useState(false)
  const code = source.replace(/\n$/, '')
  const copy = async () => {
    await navigator.clipboard.writeText(code)
    setCopied(true)
    clock.after(COPIED_MS, () => setCopied(false))
  }
  return (
    <div className="code-block">
      <pre>
        <code>{code}</code>
      </pre>
      <div className="code-actions">
        {fence.node && <span className="code-node">{fence.node}</span>}
        <IconButton icon={copied ? Check : Copy} label="Copy" onPress={() => void copy()} />
        {fence.runs && onRun && (
          <Button
            small
            aria-label={`Run: ${code.split('\n')[0]}`}
            onPress={() => onRun(code, fence.node)}
            icon={<Play aria-hidden="true" />}
          >
            Run
          </Button>
        )}
      </div>
    </div>
  )
}
