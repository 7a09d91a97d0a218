'use client'
import { codeFault } from '@fieldback/domain/lock/lock-rules'
import type { lockTexts } from '@fieldback/i18n/phone-lock'
import { Button } from '@fieldback/ui/button'
import { type ReactNode, useState } from 'react'
import { CodeInput } from './code-input.tsx'

type ChooseCodeProps = {
  text: ReturnType<typeof lockTexts>
  /** What went wrong when it was kept. */
  error?: string | undefined
  onChosen: (code: string) => Promise<void>
  /** Beside the button. */
  children?: ReactNode
}

/** A new code, typed twice: nobody can look it up. */
export function ChooseCode({ text, error, onChosen, children }: ChooseCodeProps) {
  const [code, setCode] = useState('')
  const [again, setAgain] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const fault = codeFault(code)
  const differs = fault === null && again !== code
  return (
    <form
      className="grid gap-4"
      onSubmit={async (event) => {
        event.preventDefault()
        setTried(true)
        if (fault || differs || busy) return
        setBusy(true)
        await onChosen(code).finally(() => setBusy(false))
      }}
    >
      <CodeInput
        text={text}
        label={text('choose.code')}
        hint={text('choose.hint')}
        error={tried && fault ? text(`choose.${fault}`) : undefined}
        value={code}
        onChange={setCode}
      />
      <CodeInput
        text={text}
        label={text('choose.again')}
        error={tried && differs ? text('choose.differs') : undefined}
        value={again}
        onChange={setAgain}
      />
      {error && (
        <p role="alert" className="text-danger text-small">
          {error}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" aria-busy={busy}>
          {text('choose.keep')}
        </Button>
        {children}
      </div>
    </form>
  )
}
