/** The open files of a node, each behind a tab. A tab with unsaved text asks before it closes. */
import { Save } from 'lucide-react'
import { useState } from 'react'
import { Button, ConfirmDialog, ProblemPanel, TabPanel, Tabs } from '../components'
import { TextDiff, TextEditor } from '../editor'
import { ConflictBar } from './conflict-bar'
import { isUnsaved, type OpenFile } from './kept-files'
import type { OpenFiles } from './use-open-files'

interface Props {
  readonly node: string
  readonly open: OpenFiles
}

export function OpenTabs({ node, open }: Props) {
  const { files, active, action } = open
  const [closing, setClosing] = useState<string | null>(null)
  const close = (path: string) => {
    const file = files.find((one) => one.path === path)
    if (file && isUnsaved(file)) setClosing(path)
    else open.close(path)
  }
  return (
    <>
      <Tabs
        label="Open files"
        tabs={files.map((file) => ({ id: file.path, title: <FileTitle file={file} />, closes: file.path }))}
        activeId={active?.path ?? null}
        onChoose={open.show}
        onClose={close}
        end={active && <SaveButton file={active} onSave={() => open.save(active.path, active.text)} />}
      >
        {action.problem && <ProblemPanel problem={action.problem} onClose={action.forget} />}
        {active ? (
          <TabPanel id={active.path}>
            <OpenText key={`${node}:${active.path}`} file={active} open={open} />
          </TabPanel>
        ) : (
          <div className="bench-wait">Open a file on the left, or make a new one.</div>
        )}
      </Tabs>
      <ConfirmDialog
        title="Close without saving?"
        text={`${closing} has text that is not saved. It is lost when you close it.`}
        action="Close without saving"
        danger
        isOpen={closing !== null}
        onClose={() => setClosing(null)}
        onConfirm={() => open.close(closing ?? '')}
      />
    </>
  )
}

interface TextProps {
  readonly file: OpenFile
  readonly open: OpenFiles
}

function OpenText({ file, open }: TextProps) {
  const [isComparing, setComparing] = useState(false)
  const { path, text, theirs, revision } = file
  return (
    <>
      {theirs && (
        <ConflictBar
          file={file}
          isComparing={isComparing}
          onKeepMine={() => open.keepMine(file)}
          onTakeTheirs={() => open.takeTheirs(file)}
          onCompare={() => setComparing((is) => !is)}
        />
      )}
      {theirs && isComparing ? (
        <TextDiff path={path} theirs={theirs.content} mine={text} />
      ) : (
        <TextEditor
          path={path}
          text={text}
          revision={revision}
          onChange={(next) => open.type(path, next)}
          onSave={(next) => open.save(path, next)}
        />
      )}
    </>
  )
}

function FileTitle({ file }: { readonly file: OpenFile }) {
  return (
    <span title={file.path}>
      {file.path.split('/').at(-1)}
      {file.saved === null && <small> deleted</small>}
      {isUnsaved(file) && <span className="file-unsaved" role="img" aria-label="not saved" />}
    </span>
  )
}

function SaveButton({ file, onSave }: { readonly file: OpenFile; readonly onSave: () => void }) {
  return (
    <Button
      small
      weight="quiet"
      isDisabled={!isUnsaved(file)}
      icon={<Save aria-hidden="true" />}
      onPress={onSave}
    >
      Save
    </Button>
  )
}
