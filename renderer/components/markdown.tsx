/** Shows Markdown without HTML. Its code blocks can be copied, and run where a page can run them. */
import { memo, type ReactNode } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import rehypeSanitize from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import { CodeBlock } from './code-block'
import { readFence } from './fence'
import { isTooIntricate } from './markdown-limits'
import { Picture } from './picture'
import { Pointer, targetOf } from './pointer'
import './markdown.css'

const REMARK = [remarkGfm]
const REHYPE = [rehypeSanitize]

/** They are made once: React would take new ones for other components, and make every block of the text again. */
const WITH_BUTTONS: Components = {
  pre: ({ children, node }) => {
    const [code] = node?.children ?? []
    if (code?.type !== 'element') return <pre>{children}</pre>
    const meta = code.data && 'meta' in code.data ? String(code.data.meta ?? '') : ''
    const classes = Array.isArray(code.properties.className) ? code.properties.className.join(' ') : ''
    const source = code.children.map((child) => ('value' in child ? child.value : '')).join('')
    return <CodeBlock fence={readFence(/language-(\S+)/.exec(classes)?.[1] ?? '', meta)} source={source} />
  },
  a: ({ children, href }) => <TextLink href={href}>{children}</TextLink>,
  img: ({ src, alt }) => <Picture src={src ?? ''} alt={alt ?? ''} />,
}

const PLAIN: Components = {
  ...WITH_BUTTONS,
  pre: ({ children }) => <pre className="plain-code">{children}</pre>,
}

interface Props {
  readonly text: string
  /** The code is only read, so it has no buttons. */
  readonly plain?: boolean
}

/** A text that has not changed is not parsed again, so that what is selected in it stays selected. */
export const Markdown = memo(function Markdown({ text, plain = false }: Props) {
  if (isTooIntricate(text)) return <pre className="markdown plain-code">{text}</pre>
  return (
    <div className="markdown">
      <ReactMarkdown remarkPlugins={REMARK} rehypePlugins={REHYPE} components={plain ? PLAIN : WITH_BUTTONS}>
        {text}
      </ReactMarkdown>
    </div>
  )
})

/** Links to web addresses open outside of the app, and others point to a part of the map. The rest is shown as text. */
function TextLink({ href, children }: { readonly href?: string | undefined; readonly children?: ReactNode }) {
  const target = targetOf(href)
  if (target) return <Pointer target={target}>{children}</Pointer>
  if (!href || !/^https?:\/\//.test(href)) return <span>{children}</span>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  )
}
