/** A block of code with its buttons: copy, and run where a page can run code in a node. */
import { Check, Copy, Play } from 'lucide-react'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { Button } from './button'
import { useClock } from './clock'
import type { Fence } from './fence'
import { IconButton } from './icon-button'
import './code-block.css'

/** Runs code in a terminal of the node. */
export type RunCode = (code: string, node: string | null) => void

interface Runner {
  readonly run: RunCode
  /** The nodes of the lab. Code that names no node runs on the first one. */
  readonly nodes: readonly string[]
}

const RunnerContext = createContext<Runner | null>(null)

/** Lets the code inside of it run. Blocks outside of it have no Run button. */
export function CodeRunner({ run, nodes, children }: Runner & { readonly children: ReactNode }) {
  const names = nodes.join(' ')
  const runner = useMemo(() => ({ run, nodes: names.split(' ').filter(Boolean) }), [run, names])
  return <RunnerContext value={runner}>{children}</RunnerContext>
}

/** How long a copy is confirmed. */
const COPIED_MS = 1500

interface CodeBlockProps {
  readonly fence: Fence
  readonly source: string
}

export function CodeBlock({ fence, source }: CodeBlockProps) {
  const runner = useContext(RunnerContext)
  const code = source.replace(/\n$/, '')
  const canRun = fence.runs && runner !== null
  return (
    <div className="code-block">
      <div className="code-bar">
        <span className="code-node">{fence.node}</span>
        <CopyButton code={code} />
        {canRun && <RunButton code={code} node={fence.node} {...runner} />}
      </div>
      <pre>
        <code>
          {code.split('\n').map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a block never move
            <span key={index} className="code-line">
              {line}
              {'\n'}
            </span>
          ))}
        </code>
      </pre>
    </div>
  )
}

function CopyButton({ code }: { readonly code: string }) {
  const clock = useClock()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(code)
    setCopied(true)
    clock.after(COPIED_MS, () => setCopied(false))
  }
  return <IconButton icon={copied ? Check : Copy} label="Copy" onPress={() => void copy()} />
}

interface RunProps extends Runner {
  readonly code: string
  readonly node: string | null
}

/** With several nodes the button says which one it means. */
function RunButton({ code, node, run, nodes }: RunProps) {
  const target = node ?? nodes[0] ?? null
  const words = nodes.length > 1 && target ? `Run on ${target}` : 'Run'
  return (
    <Button
      small
      aria-label={`${words}: ${code.split('\n')[0]}`}
      onPress={() => run(code, target)}
      icon={<Play aria-hidden="true" />}
    >
      {words}
    </Button>
  )
}
