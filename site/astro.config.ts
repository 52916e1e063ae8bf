import { existsSync } from 'node:fs'
import tailwindcss from '@tailwindcss/vite'
import type { AstroIntegration } from 'astro'
import { defineConfig } from 'astro/config'
import solid from 'vite-plugin-solid'
import { bundleBudget } from './build/bundle-budget.ts'
import { docsPages } from './build/docs/docs-pages.ts'
import { lucideIcons } from './build/lucide-icons.ts'
import { preloadPages } from './build/preload-pages.ts'

/** What the documentation is made from; an image is built where the other packages stand elsewhere. */
const REPOSITORY = new URL(process.env['MCTRACK_SITE_REPOSITORY'] ?? '../', import.meta.url)

/**
 * Static files for a strict content security policy: the collector sends `default-src 'self'`, so no style, script or
 * font may stand inside a page.
 */
export default defineConfig({
  integrations: [gallery(), bundleBudget(), preloadPages()],
  outDir: process.env['MCTRACK_SITE_OUT'] ?? 'dist',
  build: { inlineStylesheets: 'never' },
  devToolbar: { enabled: false },
  vite: {
    // Components are made in the browser alone, so without what it takes to take over a page that a server made.
    plugins: [solid(), lucideIcons(), docsPages(REPOSITORY), tailwindcss()],
    define: { __MCTRACK_PSEUDO__: JSON.stringify(process.env['MCTRACK_SITE_PSEUDO'] === '1') },
    build: { assetsInlineLimit: 0 },
  },
})

/** Every building block in all its states, with invented data: for tests and for looking at, never shipped. */
function gallery(): AstroIntegration {
  return {
    name: 'mctrack:gallery',
    hooks: {
      'astro:config:setup': ({ injectRoute }) => {
        if (process.env['MCTRACK_SITE_GALLERY'] !== '1' || !existsSync(new URL('src/gallery', import.meta.url))) return
        injectRoute({ pattern: '/gallery', entrypoint: './src/gallery/gallery.astro' })
        injectRoute({ pattern: '/gallery/app', entrypoint: './src/gallery/app.astro' })
      },
    },
  }
}
