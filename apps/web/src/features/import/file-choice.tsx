'use client'
import type { ImportKind } from '@fieldback/domain/import/import'
import { Button } from '@fieldback/ui/button'
import { FileDrop } from '@fieldback/ui/file-drop'
import { Notice } from '@fieldback/ui/notice'
import { Progress } from '@fieldback/ui/progress'
import { SectionHead } from '@fieldback/ui/section-head'
import CircleAlert from 'lucide-react/icons/circle-alert'
import FileSpreadsheet from 'lucide-react/icons/file-spreadsheet'
import Upload from 'lucide-react/icons/upload'
import { useRouter } from 'next/navigation'
import { useEffect, useId, useRef, useState } from 'react'
import { inSession } from '../../client/session-end.ts'
import { ACCEPTED, type FileFault, judgeFile, MEGABYTES_MAX } from './chosen-file.ts'
import { sendFile } from './send-file.ts'
import { useWords } from './use-words.ts'

type Trouble = { readonly fault: FileFault | 'several'; readonly size: number }

/** The file: chosen or dropped, judged at once, its size told before a byte is sent. */
export function FileChoice({ kind }: { readonly kind: ImportKind | null }) {
  const { text, formats, size } = useWords()
  const id = useId()
  const [file, setFile] = useState<File | null>(null)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const sending = useSending()
  const take = (files: readonly File[]) => {
    const [first] = files
    if (!first) return
    const fault = files.length > 1 ? 'several' : judgeFile(first)
    setTrouble(fault && { fault, size: first.size })
    if (!fault) setFile(first)
    sending.forget()
  }
  return (
    <section aria-labelledby={id} className="max-w-240">
      <SectionHead id={id} aside={text('new.fileText', { megabytes: formats.number(MEGABYTES_MAX) })}>
        {text('new.file')}
      </SectionHead>
      <div className="flex flex-col gap-3">
        {trouble && (
          <Notice live icon={<CircleAlert size={18} />}>
            {text(`new.wrong.${trouble.fault}`, {
              size: size(trouble.size),
              megabytes: formats.number(MEGABYTES_MAX),
            })}
          </Notice>
        )}
        {!file && (
          <FileDrop
            label={text('new.input')}
            icon={<Upload size={28} />}
            title={text('new.drop')}
            text={text('new.choose')}
            accept={ACCEPTED}
            onFiles={take}
          />
        )}
        {file && <Chosen kind={kind} file={file} sending={sending} onAnother={() => setFile(null)} />}
      </div>
    </section>
  )
}

type ChosenProps = {
  readonly kind: ImportKind | null
  readonly file: File
  readonly sending: ReturnType<typeof useSending>
  readonly onAnother: () => void
}

function Chosen({ kind, file, sending, onAnother }: ChosenProps) {
  const { text, formats, size, notSent } = useWords()
  const hint = useId()
  const { sent } = sending
  return (
    <div className="flex flex-col gap-4">
      <p className="flex items-center gap-3 rounded-md bg-sunken px-3.5 py-3">
        <FileSpreadsheet size={20} className="text-ink-2" />
        <span className="min-w-0 flex-1 truncate font-medium">{file.name}</span>
        <span className="text-ink-2 tabular-nums">{size(file.size)}</span>
      </p>
      {sent !== null && (
        <Progress label={text('new.sending')} done={sent} total={file.size}>
          {`${text('new.sending')}, ${formats.percent(Math.min(1, sent / file.size))}`}
        </Progress>
      )}
      {sending.error !== null && (
        <Notice live icon={<CircleAlert size={18} />} title={notSent(sending.error)}>
          {text('new.kept')}
        </Notice>
      )}
      {kind === null && (
        <p id={hint} className="text-ink-2">
          {text('new.chooseKind')}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {sent === null ? (
          <>
            <Button
              variant="primary"
              disabled={kind === null}
              aria-describedby={kind === null ? hint : undefined}
              onClick={() => kind && sending.start(file, kind)}
            >
              {text('new.send')}
            </Button>
            <Button
              onClick={() => {
                sending.forget()
                onAnother()
              }}
            >
              {text('new.another')}
            </Button>
          </>
        ) : (
          <Button onClick={sending.forget}>{text('new.stop')}</Button>
        )}
      </div>
    </div>
  )
}

/** One sending at a time; leaving the page ends it. */
function useSending() {
  const router = useRouter()
  const [sent, setSent] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  const current = useRef<AbortController | null>(null)
  useEffect(() => () => current.current?.abort(), [])
  const forget = () => {
    current.current?.abort()
    current.current = null
    setSent(null)
    setError(null)
  }
  const start = async (file: File, kind: ImportKind) => {
    forget()
    const stop = new AbortController()
    current.current = stop
    setSent(0)
    try {
      const id = await inSession(() => sendFile(file, { kind, signal: stop.signal, onProgress: setSent }))
      router.push(`/admin/imports/${id}`)
    } catch (failed) {
      if (stop.signal.aborted) return
      setSent(null)
      setError(failed)
    }
  }
  return { sent, error, start: (file: File, kind: ImportKind) => void start(file, kind), forget }
}
