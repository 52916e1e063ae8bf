import { type Accessor, createSignal, onCleanup } from 'solid-js'

/** The colours of the theme as a canvas takes them. */
export interface ChartColours {
  readonly series: readonly string[]
  readonly text: string
  readonly muted: string
  readonly grid: string
  readonly gap: string
  readonly card: string
}

const SERIES_COUNT = 8

/** The colours of the theme that is shown; changes with it. */
export function createChartColours(): Accessor<ChartColours> {
  const [colours, setColours] = createSignal(readColours())
  const update = (): void => {
    setColours(readColours())
  }
  const system = matchMedia('(prefers-color-scheme: dark)')
  const observer = new MutationObserver(update)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  system.addEventListener('change', update)
  onCleanup(() => {
    observer.disconnect()
    system.removeEventListener('change', update)
  })
  return colours
}

/** The same colour, seen through: `share` from 0 to 1. Takes the `rgb(…)` that {@link createChartColours} gives. */
export function withAlpha(colour: string, share: number): string {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  return `rgb(${red} ${green} ${blue} / ${share})`
}

/** A variable holds `light-dark(…)` as it was written; only a colour that is used is resolved. */
function readColours(): ChartColours {
  const probe = document.createElement('span')
  probe.hidden = true
  document.body.append(probe)
  const read = (name: string): string => {
    probe.style.color = `var(${name})`
    return getComputedStyle(probe).color
  }
  const colours = {
    series: Array.from({ length: SERIES_COUNT }, (_, index) => read(`--chart-${index + 1}`)),
    text: read('--color-base-content'),
    muted: read('--muted'),
    grid: read('--grid'),
    gap: read('--gap'),
    card: read('--color-base-200'),
  }
  probe.remove()
  return colours
}
