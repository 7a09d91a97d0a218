import { describe, expect, it } from 'vitest'
import { exportFile } from './export-file.ts'

const hostile = `</script><script>alert("1")</script> & '<b>`
const file = (text: string) =>
  exportFile({
    locale: 'fr',
    title: text,
    about: text,
    parts: [
      {
        title: text,
        about: text,
        lines: [{ label: text, text }],
        photos: [{ id: 'p', jpeg: 'data:image/jpeg;base64,AAAA' }],
      },
    ],
    data: { note: text },
  })

describe('the file of what waits', () => {
  it('is read back by a machine, to the letter', () => {
    const json = file(hostile).match(
      /<script type="application\/json" id="fieldback">([\s\S]*?)<\/script>/,
    )?.[1]
    expect(JSON.parse(json ?? '')).toEqual({ note: hostile })
  })
  it('holds no mark-up that somebody typed', () => {
    const whole = file(hostile)
    expect(whole.match(/<script/g)).toHaveLength(1)
    expect(whole).not.toContain('<b>')
    expect(whole).toContain('&#60;b&#62;')
  })
  it('shows its pictures', () => {
    expect(file('Vu')).toContain('<img id="photo-p" src="data:image/jpeg;base64,AAAA"')
  })
})
