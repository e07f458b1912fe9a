import { registerHooks } from 'node:module';

/**
 * Lets plain Node run this project's TypeScript where neither jest nor a build stands between: in jest's global setup
 * and in processes that tests start (`node --import <this file>`). Node strips the types itself; what it lacks is that
 * `./file.js` in an import means `./file.ts`. Decorators stay out of reach, so this is nothing for Nest's classes.
 */
registerHooks({
  resolve(specifier, context, nextResolve) {
    try {
      return nextResolve(specifier, context);
    } catch (error) {
      if (!/^\.{1,2}\/.*\.js$/.test(specifier)) throw error;
      return nextResolve(specifier.replace(/\.js$/, '.ts'), context);
    }
  },
});
