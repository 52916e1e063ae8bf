import type uPlot from 'uplot'
import type { ChartColours } from './chart-colours.ts'
import type { ChartGap } from './chart-data.ts'

/** Too narrow to be seen otherwise. */
const WIDTH_MIN_PX = 2

/** Shades the times without data, below everything else. */
export function gapShade(gaps: () => readonly ChartGap[], colours: () => ChartColours): uPlot.Plugin {
  return {
    hooks: {
      drawClear(plot) {
        const { ctx, bbox } = plot
        ctx.save()
        ctx.fillStyle = colours().gap
        for (const { fromMs, toMs } of gaps()) {
          const from = Math.max(bbox.left, plot.valToPos(fromMs, 'x', true))
          const to = Math.min(bbox.left + bbox.width, plot.valToPos(toMs, 'x', true))
          if (to > from) ctx.fillRect(from, bbox.top, Math.max(WIDTH_MIN_PX, to - from), bbox.height)
        }
        ctx.restore()
      },
    },
  }
}
