/**
 * uPlot writes numbers in `navigator.language`, which it takes as its code is read. Chromium on a system without a locale
 * says `en-US@posix`, which is no language tag: all of the page would break.
 */
try {
  new Intl.Locale(navigator.language)
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en', configurable: true })
}
