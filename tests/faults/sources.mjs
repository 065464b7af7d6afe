// Lets Node run the suite's TypeScript as it stands: a relative import that ends in .js is the .ts beside it. The
// platform's own libraries come compiled, from dist/.
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (name, context, next) =>
    name.startsWith('.') && context.parentURL?.endsWith('.ts') ? next(name.replace(/\.js$/, '.ts'), context) : next(name, context),
});
