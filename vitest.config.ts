import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['source', 'node'] },
  ssr: { resolve: { conditions: ['source', 'node'] } },
  test: {
    include: ['apps', 'libs', 'scripts', 'k8s', 'tests', 'bench'].map((folder) => `${folder}/**/*.spec.ts`),
    exclude: [...configDefaults.exclude, '**/fixtures/**'],
    setupFiles: ['reflect-metadata'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
