import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{sdk,collector,cli,site}/src/**/*.test.ts', 'site/build/**/*.test.ts', '.ci/checks/**/*.test.ts'],
        },
      },
      {
        test: {
          name: 'engines',
          include: ['{sdk,collector,cli}/tests/**/*.test.ts'],
          globalSetup: ['collector/tests/support/engines-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // Each file may run a collector of its own, and waits for clocks and engines half of its time.
          maxWorkers: 3,
        },
      },
      {
        test: {
          name: 'site',
          include: ['site/tests/**/*.test.ts'],
          globalSetup: ['collector/tests/support/engines-setup.ts', 'site/tests/support/build-gallery.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // Each file runs a browser of its own.
          maxWorkers: 1,
        },
      },
    ],
  },
})
