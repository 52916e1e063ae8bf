// Before uPlot, which asks for the language as it is read.
import './known-language.ts'
import uPlot from 'uplot'

export { uPlot }
