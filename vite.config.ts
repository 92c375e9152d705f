import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const here = fileURLToPath(new URL('.', import.meta.url))
const server = `http://127.0.0.1:${process.env.PORT ?? 8787}`

export default defineConfig({
  root: process.env.VITEST ? here : `${here}client`,
  plugins: [vue()],
  define: { __VUE_OPTIONS_API__: false, __VUE_PROD_DEVTOOLS__: false, __VUE_I18N_LEGACY_API__: false },
  worker: { format: 'es' },
  build: { outDir: `${here}client/dist`, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 1400 },
  server: { host: '127.0.0.1', proxy: { '^/api/': server, '^/tiles/': server } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['server/**/*.test.ts', 'geodata/**/*.test.ts', 'scripts/**/*.test.ts'],
          globalSetup: ['server/db/postgres.setup.fixture.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'client', environment: 'happy-dom', include: ['client/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          environment: 'node',
          include: ['client/e2e/*.journey.ts'],
          testTimeout: 180_000,
          hookTimeout: 300_000,
          maxWorkers: 1,
          fileParallelism: false,
          // After the others: a browser beside them makes both slow.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
