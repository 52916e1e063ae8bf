import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const PREFIX = 'lucide:'
const ICONS = new URL('icons/', import.meta.resolve('lucide-static/package.json'))

/** What of Vite's plugins is used. */
interface IconPlugin {
  readonly name: string
  readonly enforce: 'pre'
  resolveId(id: string): string | undefined
  load(id: string): string | undefined
}

/**
 * Lets `import { path } from 'lucide:search'` give an icon of Lucide (ISC licence) as the `d` of one path, made while the
 * site is built: a page holds the icons that it shows, a few dozen bytes each, and no mark-up to be put in at run time.
 */
export function lucideIcons(): IconPlugin {
  return {
    name: 'mctrack:lucide-icons',
    enforce: 'pre',
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined
      const name = id.slice(PREFIX.length + 1)
      if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`${name} is not the name of an icon`)
      const svg = readFileSync(fileURLToPath(new URL(`${name}.svg`, ICONS)), 'utf8')
      return `export const path = ${JSON.stringify(toPath(svg))}`
    },
  }
}

/** All shapes of an icon as one path. */
export function toPath(svg: string): string {
  const shapes = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1).matchAll(/<(\w+)\s([^>]*?)\/?>/g)
  return Array.from(shapes, ([, tag = '', text = '']) => {
    const attributes = new Map(Array.from(text.matchAll(/([\w-]+)="([^"]*)"/g), ([, key, value]) => [key, value]))
    const write = SHAPES[tag]
    if (write === undefined) throw new Error(`an icon with <${tag}> was never seen`)
    return write((key) => attributes.get(key) ?? '')
  }).join('')
}

type Get = (key: string) => string

const SHAPES: Readonly<Record<string, (get: Get) => string>> = {
  // A path may begin with a relative move, which after another shape would start from where that ended.
  path: (get) => get('d').replace(/^m/, 'M0 0m'),
  line: (get) => `M${get('x1')} ${get('y1')}L${get('x2')} ${get('y2')}`,
  polyline: (get) => `M${get('points')}`,
  polygon: (get) => `M${get('points')}Z`,
  circle: (get) => ellipse(Number(get('cx')), Number(get('cy')), Number(get('r')), Number(get('r'))),
  ellipse: (get) => ellipse(Number(get('cx')), Number(get('cy')), Number(get('rx')), Number(get('ry'))),
  rect(get) {
    const [x, y, width, height] = [Number(get('x')), Number(get('y')), Number(get('width')), Number(get('height'))]
    const radius = Number(get('rx') || get('ry'))
    if (radius === 0) return `M${x} ${y}h${width}v${height}h${-width}z`
    const [across, down] = [width - 2 * radius, height - 2 * radius]
    const arc = (dx: number, dy: number): string => `a${radius} ${radius} 0 0 1 ${dx} ${dy}`
    return `M${x + radius} ${y}h${across}${arc(radius, radius)}v${down}${arc(-radius, radius)}h${-across}${arc(-radius, -radius)}v${-down}${arc(radius, -radius)}z`
  },
}

function ellipse(cx: number, cy: number, rx: number, ry: number): string {
  return `M${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0z`
}
