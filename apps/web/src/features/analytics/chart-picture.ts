const SVG = 'http://www.w3.org/2000/svg'

/** What stands around the chart in its picture. */
export type Frame = { readonly title: string; readonly subtitle: string; readonly source: string }

/** Of a drawing's elements, what the page's style sheets say and a picture apart must say itself. */
const PAINTED = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linejoin',
  'stroke-linecap',
  'opacity',
  'font-size',
  'font-weight',
  'text-anchor',
]
/** What a reader's machine has: a picture takes no typeface along. */
const FONT = 'Figtree, "Segoe UI", "Helvetica Neue", Arial, sans-serif'
/** Of a small text, at most. */
const CHARACTER = 6.4
const PADDING = 24
const HEAD = 84
const FOOT = 52
/** Twice as fine as the screen: it is put into presentations. */
const SCALE = 2

/**
 * A chart as it stands on the screen, in a picture of its own with its title and where it comes from. Drawings are copied,
 * texts and coloured grounds are set where they are; what bears `data-off-picture` is left out.
 */
export function pictureOf(chart: HTMLElement, frame: Frame): SVGElement {
  const { width, left } = chart.getBoundingClientRect()
  const style = getComputedStyle(chart)
  const body = make('g', {})
  copyInto(body, chart)
  const { top, height } = extentOf(body)
  body.setAttribute('transform', `translate(${PADDING - left} ${HEAD - top})`)
  const longest = Math.max(frame.title.length * 1.5, frame.subtitle.length, frame.source.length)
  const picture = make('svg', {
    xmlns: SVG,
    width: Math.max(width, longest * CHARACTER) + 2 * PADDING,
    height: HEAD + height + FOOT,
    'font-family': FONT,
  })
  const words = { x: PADDING, fill: style.color }
  picture.append(
    make('rect', { width: '100%', height: '100%', fill: groundOf(chart) }),
    textOf(frame.title, { ...words, y: 34, 'font-size': 18, 'font-weight': 650 }),
    textOf(frame.subtitle, { ...words, y: 54, 'font-size': 12, opacity: 0.75 }),
    hatching(style),
    body,
    textOf(frame.source, { ...words, y: HEAD + height + FOOT - 18, 'font-size': 11, opacity: 0.75 }),
  )
  return picture
}

/** From the first mark to the last: a chart may leave room for what is not in its picture. */
function extentOf(body: SVGElement): { top: number; height: number } {
  const number = (mark: Element, name: string) => Number(mark.getAttribute(name) ?? 0)
  const tops = [...body.children].map((mark) => number(mark, 'y'))
  const bottoms = [...body.children].map((mark) => number(mark, 'y') + number(mark, 'height'))
  const top = Math.min(...tops)
  return { top, height: Math.max(...bottoms) - top }
}

/** Has a picture saved as a PNG file; rejects when the browser cannot draw it. */
export async function savePicture(picture: SVGElement, name: string): Promise<void> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(picture))}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.width * SCALE
  canvas.height = image.height * SCALE
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.scale(SCALE, SCALE)
  context.drawImage(image, 0, 0)
  const file = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!file) throw new Error('no picture')
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = `${name}.png`
  link.click()
  URL.revokeObjectURL(link.href)
}

function make(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  return element
}

function textOf(text: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = make('text', attributes)
  element.textContent = text
  return element
}

const HATCH = 'hatched'

/** What stands for "hidden": as on the screen, where a style sheet draws it. */
function hatching(style: CSSStyleDeclaration): SVGElement {
  const colour = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise
  const pattern = make('pattern', {
    id: HATCH,
    width: 6,
    height: 6,
    patternUnits: 'userSpaceOnUse',
    patternTransform: 'rotate(45)',
  })
  pattern.append(make('rect', { width: 6, height: 6, fill: colour('--fb-nodata', '#e5e2dc') }))
  pattern.append(
    make('path', { d: 'M0 0V6', stroke: colour('--fb-control', '#8a857b'), 'stroke-width': 1.5 }),
  )
  const defs = make('defs', {})
  defs.append(pattern)
  return defs
}

/** The ground a chart stands on: the first coloured one above it. */
function groundOf(chart: Element): string {
  for (let at: Element | null = chart; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at)
    if (isSeen(backgroundColor)) return backgroundColor
  }
  return 'white'
}

const isSeen = (colour: string): boolean => colour !== 'transparent' && !/[,/]\s*0\)$/.test(colour)

function copyInto(body: SVGElement, element: Element): void {
  const style = getComputedStyle(element)
  const off = element.hasAttribute('data-off-picture') || element.classList.contains('sr-only')
  if (off || style.display === 'none' || style.visibility === 'hidden') return
  if (element instanceof SVGSVGElement) {
    body.append(drawingOf(element))
    return
  }
  const box = element.getBoundingClientRect()
  const hatched = element.classList.contains('hatch')
  if ((hatched || isSeen(style.backgroundColor)) && box.width > 0) {
    const { x, y, width, height } = box
    const rx = Number.parseFloat(style.borderRadius) || 0
    const fill = hatched ? `url(#${HATCH})` : style.backgroundColor
    body.append(make('rect', { x, y, width, height, rx, fill }))
  }
  for (const child of element.childNodes) {
    if (child instanceof Element) copyInto(body, child)
    else if (child instanceof Text) body.append(...linesOf(child, style))
  }
}

/** A drawing where it stands, its colours and strokes written out. */
function drawingOf(drawing: SVGSVGElement): SVGElement {
  const { x, y, width, height } = drawing.getBoundingClientRect()
  const copy = painted(drawing)
  for (const [key, value] of Object.entries({ x, y, width, height })) copy.setAttribute(key, String(value))
  copy.setAttribute('overflow', 'visible')
  return copy
}

function painted(element: SVGElement): SVGElement {
  const copy = make(element.tagName, {})
  for (const { name, value } of element.attributes)
    if (!/^(class|style|role|tabindex|aria-|data-)/.test(name)) copy.setAttribute(name, value)
  const style = getComputedStyle(element)
  for (const name of PAINTED) copy.setAttribute(name, style.getPropertyValue(name))
  for (const child of element.childNodes) {
    if (child instanceof SVGElement) {
      const shown = getComputedStyle(child).display !== 'none' || child.tagName === 'defs'
      if (shown && !['title', 'desc'].includes(child.tagName)) copy.append(painted(child))
    } else if (child instanceof Text) copy.append(child.data)
  }
  return copy
}

/** The lines of a text as they are broken on the screen, between words and behind hyphens, each as wide as it is there. */
function linesOf(text: Text, style: CSSStyleDeclaration): SVGElement[] {
  const lines: { text: string; box: DOMRect }[] = []
  const range = document.createRange()
  for (const { index, 0: word } of text.data.matchAll(/[^\s-]*(?:-+|\s+|$)/g)) {
    range.setStart(text, index)
    range.setEnd(text, index + word.trimEnd().length)
    const box = range.getBoundingClientRect()
    if (box.width === 0) continue
    const last = lines.at(-1)
    if (last && Math.abs(last.box.top - box.top) < 2) {
      last.text += word
      last.box = new DOMRect(last.box.x, last.box.y, box.right - last.box.x, last.box.height)
    } else lines.push({ text: word, box })
  }
  return lines.map(({ text: line, box }) =>
    textOf(line.trimEnd(), {
      x: box.x,
      y: box.y + box.height / 2,
      'dominant-baseline': 'central',
      textLength: box.width,
      lengthAdjust: 'spacingAndGlyphs',
      fill: style.color,
      'font-size': style.fontSize,
      'font-weight': style.fontWeight,
    }),
  )
}
