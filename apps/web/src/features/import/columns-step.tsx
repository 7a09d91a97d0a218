'use client'
import { mappingFault } from '@fieldback/domain/import/check-mapping'
import type { ImportDetail } from '@fieldback/domain/import/import'
import { Button } from '@fieldback/ui/button'
import { Notice } from '@fieldback/ui/notice'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useId } from 'react'
import { ActionBar } from '../../client/action-bar.tsx'
import { ColumnList } from './column-list.tsx'
import { ImportHead } from './import-head.tsx'
import { OptionsForm } from './options-form.tsx'
import { RemoveButton } from './remove-button.tsx'
import { useChange } from './use-change.ts'
import { knownTo, useChoices } from './use-choices.ts'
import { useWords } from './use-words.ts'

/** What each column becomes, and what to do with doubts; then the trial. What was chosen survives a reload and a refusal. */
export function ColumnsStep({ detail }: { readonly detail: ImportDetail }) {
  const { text, formats, needed, sentence } = useWords()
  const hint = useId()
  const { choices, setMapping, setOptions, forget } = useChoices(detail)
  const { tryOut } = useChange(detail.id)
  const missing = mappingFault(detail.kind, choices.mapping, knownTo(detail))?.missing ?? []
  const names = missing.map((key) => needed(detail.kind, key))
  const submit = () => tryOut.mutate({ importId: detail.id, ...choices }, { onSuccess: forget })
  return (
    <>
      <ImportHead
        detail={detail}
        title={text('columns.title')}
        lede={text('columns.lede', {
          found: Object.keys(choices.mapping).length,
          all: formats.number(detail.columns.length),
        })}
        actions={<RemoveButton importId={detail.id} />}
        step="columns"
      />
      <FormatLine detail={detail} />
      <ColumnList detail={detail} mapping={choices.mapping} onChange={setMapping} />
      <OptionsForm kind={detail.kind} options={choices.options} onChange={setOptions} />
      <ActionBar label={text('columns.try')}>
        <Button
          variant="primary"
          disabled={missing.length > 0 || tryOut.isPending}
          aria-describedby={missing.length > 0 ? hint : undefined}
          onClick={submit}
        >
          {text('columns.try')}
        </Button>
        {missing.length > 0 && (
          <div className="min-w-0 max-w-160 flex-1 basis-60">
            <Notice
              id={hint}
              live
              icon={<CircleAlert size={18} />}
              title={text('columns.missing', { list: formats.list(names) })}
            >
              {text('columns.missingNext')}
            </Notice>
          </div>
        )}
        {tryOut.error && (
          <p role="alert" className="basis-full text-danger text-small">
            {sentence(tryOut.error)} {text('columns.failedKept')}
          </p>
        )}
      </ActionBar>
    </>
  )
}

/** How the file was read: what one looks at when accents or columns are wrong. */
function FormatLine({ detail: { lines, format } }: { readonly detail: ImportDetail }) {
  const { text } = useWords()
  const parts = [
    text('list.lines', { count: lines }),
    format.sheet && text('page.sheet', { sheet: format.sheet }),
    format.separator && separatorText(format.separator),
    format.encoding && text(`page.encoding.${format.encoding === 'windows-1252' ? 'windows' : 'utf8'}`),
  ]
  return <p className="-mt-3 text-caption text-ink-2">{parts.filter(Boolean).join(', ')}</p>

  function separatorText(separator: string): string {
    const known = ({ ',': 'comma', ';': 'semicolon', '\t': 'tab' } as const)[separator]
    return text(`page.separator.${known ?? 'other'}`, { separator })
  }
}
