import solid from '@astrojs/solid-js'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'astro/config'

/**
 * Static files for a strict content security policy: the collector sends `default-src 'self'`, so no style, script or
 * font may stand inside a page.
 */
export default defineConfig({
  integrations: [solid()],
  build: { inlineStylesheets: 'never' },
  devToolbar: { enabled: false },
  vite: {
    plugins: [tailwindcss()],
    build: { assetsInlineLimit: 0 },
  },
})
