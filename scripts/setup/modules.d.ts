// The set-up is plain JavaScript, because it runs before the compiler is there. Its tests are TypeScript.
declare module '*.mjs';
