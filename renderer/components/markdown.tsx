/** Lab text: Markdown without HTML; code blocks can be copied, and run where somebody runs them. */
import { Check, Copy, Play } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import rehypeSanitize from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import { Button } from './button'
import { type Fence, readFence } from './fence'
import './markdown.css'

export type RunCode = (code: string, node: string | null) => void

interface Props {
  readonly text: string
  /** Makes `sh` blocks click-to-run. */
  readonly onRun?: RunCode | undefined
  /** Code is only to be read: no buttons. */
  readonly plain?: boolean
}

export function Markdown({ text, onRun, plain = false }: Props) {
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

/** Only web addresses lead out; anything else is text. */
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

interface CodeBlockProps {
  readonly fence: Fence
  readonly source: string
  readonly onRun?: RunCode | undefined
}

export function CodeBlock({ fence, source, onRun }: CodeBlockProps) {
  const [copied, setCopied] = useState(false)
  const code = source.replace(/\n$/, '')
  const copy = async () => {
    await navigator.clipboard.writeText(code)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <div className="code-block">
      <pre>
        <code>{code}</code>
      </pre>
      <div className="code-actions">
        {fence.node && <span className="code-node">{fence.node}</span>}
        <Button
          small
          weight="quiet"
          aria-label="Copy"
          onPress={() => void copy()}
          icon={copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
        />
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
