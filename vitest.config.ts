import { defineConfig } from 'vitest/config'

/**
 * Files at a time, on two cores: those that run a collector or a browser wait for clocks and engines for a good part of
 * their time. The same for all, so that they run beside each other rather than one kind after the other.
 */
const MAX_WORKERS = 4

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // Nothing there keeps state between files, so they share what they import.
          isolate: false,
          // Nobody waits that long; it is for machines with other work.
          testTimeout: 30_000,
          maxWorkers: MAX_WORKERS,
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
          maxWorkers: MAX_WORKERS,
        },
      },
      {
        test: {
          name: 'site',
          include: ['site/tests/**/*.test.ts'],
          globalSetup: ['collector/tests/support/engines-setup.ts', 'site/tests/support/build-gallery.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          maxWorkers: MAX_WORKERS,
        },
      },
    ],
  },
})
