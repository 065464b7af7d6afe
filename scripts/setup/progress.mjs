const NAME_WIDTH = 10;

const seconds = (milliseconds) => `(${(milliseconds / 1000).toFixed(1)} s)`;

/**
 * One line a step: `postgres   PostgreSQL 15.20 on port 21034   (1.2 s)`. A step's work returns the text of its line,
 * or nothing when there is nothing worth telling.
 */
export function createProgress(log = (line) => console.log(line)) {
  const tell = (name, text, milliseconds) =>
    log(`${name.padEnd(NAME_WIDTH)} ${text}${milliseconds === undefined ? '' : `   ${seconds(milliseconds)}`}`);

  async function step(name, work) {
    const start = performance.now();
    const text = await work();
    if (text) tell(name, text, performance.now() - start);
  }

  return { step, tell };
}
